#include "convert.h"
#include "env.h"
#include "connection.h"

namespace {
constexpr napi_type_tag kHandleTag = {0x76697274666c6565ULL, 0x7468616e646c6531ULL};
}

napi_value Js::number(double v) {
  napi_value out;
  napi_create_double(env, v, &out);
  return out;
}
napi_value Js::value(long long v) {
  napi_value out;
  napi_create_bigint_int64(env, v, &out);
  return out;
}
napi_value Js::value(unsigned long long v) {
  napi_value out;
  napi_create_bigint_uint64(env, v, &out);
  return out;
}
napi_value Js::boolean(bool v) {
  napi_value out;
  napi_get_boolean(env, v, &out);
  return out;
}
napi_value Js::null() {
  napi_value out;
  napi_get_null(env, &out);
  return out;
}
napi_value Js::undefined() {
  napi_value out;
  napi_get_undefined(env, &out);
  return out;
}
napi_value Js::text(const char *v) {
  if (v == nullptr) return null();
  napi_value out;
  napi_create_string_utf8(env, v, NAPI_AUTO_LENGTH, &out);
  return out;
}
napi_value Js::array(size_t length) {
  napi_value out;
  napi_create_array_with_length(env, length, &out);
  return out;
}
napi_value Js::texts(char **v, int count) {
  napi_value out = array(count);
  for (int i = 0; i < count; i++) set(out, i, text(v[i]));
  return out;
}
napi_value Js::bytes(const void *data, size_t size) {
  napi_value out;
  void *copy;
  napi_create_buffer_copy(env, size, data, &copy, &out);
  return out;
}
napi_value Js::object(std::initializer_list<std::pair<const char *, napi_value>> fields) {
  napi_value out;
  napi_create_object(env, &out);
  for (const auto &[name, v] : fields) napi_set_named_property(env, out, name, v);
  return out;
}
napi_value Js::params(const virTypedParameter *v, int count) {
  napi_value out = object({});
  for (int i = 0; i < count; i++) {
    napi_value field = nullptr;
    switch (v[i].type) {
      case VIR_TYPED_PARAM_INT: field = value(v[i].value.i); break;
      case VIR_TYPED_PARAM_UINT: field = value(v[i].value.ui); break;
      case VIR_TYPED_PARAM_LLONG: field = value(v[i].value.l); break;
      case VIR_TYPED_PARAM_ULLONG: field = value(v[i].value.ul); break;
      case VIR_TYPED_PARAM_DOUBLE: field = value(v[i].value.d); break;
      case VIR_TYPED_PARAM_BOOLEAN: field = boolean(v[i].value.b != 0); break;
      case VIR_TYPED_PARAM_STRING: field = text(v[i].value.s); break;
      default: continue;  // a slot that the driver left empty
    }
    napi_set_named_property(env, out, v[i].field, field);
  }
  return out;
}

napi_value wrapHandle(napi_env env, HandleRef ref) {
  auto *box = new HandleRef(std::move(ref));
  napi_value out;
  napi_create_external(env, box, [](napi_env, void *data, void *) { delete static_cast<HandleRef *>(data); }, nullptr, &out);
  napi_type_tag_object(env, out, &kHandleTag);
  return out;
}

HandleRef *unwrapHandle(napi_env env, napi_value value) {
  napi_valuetype type;
  napi_typeof(env, value, &type);
  if (type != napi_external) return nullptr;
  bool ours = false;
  if (napi_check_object_type_tag(env, value, &kHandleTag, &ours) != napi_ok || !ours) return nullptr;
  void *data = nullptr;
  napi_get_value_external(env, value, &data);
  return static_cast<HandleRef *>(data);
}

// lib/load.ts builds the object of the right class around the external.
napi_value Js::handle(const HandleRef &ref) {
  if (!ref) return null();
  const auto make = ref->connection->env->hook("handle");
  napi_value args[] = {
      value(static_cast<int>(ref->kind)),
      wrapHandle(env, ref),
      ref->hasName ? text(ref->name.c_str()) : null(),
      ref->hasUuid ? text(ref->uuid.c_str()) : null(),
  };
  napi_value out = nullptr;
  napi_call_function(env, undefined(), make, 4, args, &out);
  return out;
}

napi_value Js::handles(const HandleList &list) {
  napi_value out = array(list.size());
  for (size_t i = 0; i < list.size(); i++) {
    napi_handle_scope scope;
    napi_open_handle_scope(env, &scope);
    set(out, i, handle(list[i]));
    napi_close_handle_scope(env, scope);
  }
  return out;
}

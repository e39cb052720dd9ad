#include "convert.h"

#include <cmath>
#include <cstring>

TextList::~TextList() {
  for (int i = 0; i < count; i++) std::free(values[i]);
  std::free(values);
}

void NameBuffer::clear(int got) {
  for (int i = 0; i < got; i++) {
    std::free(names_[i]);
    names_[i] = nullptr;
  }
}
NameBuffer::~NameBuffer() { clear(count); }
bool NameBuffer::mustGrow(int got) {
  if (got < room() || room() >= (1 << 20)) return false;
  clear(got);
  names_.assign(names_.size() * 2, nullptr);
  return true;
}

const char **Texts::data() {
  pointers_.clear();
  for (const auto &text : values) pointers_.push_back(text.c_str());
  return pointers_.empty() ? nullptr : pointers_.data();
}

Params::~Params() {
  if (values != nullptr) virTypedParamsFree(values, count);
}
void Params::reserve(int n) {
  values = static_cast<virTypedParameterPtr>(std::calloc(n, sizeof *values));
  count = n;
}

Args::Args(napi_env e, napi_callback_info info) : env(e) {
  size_t count = 0;
  napi_get_cb_info(env, info, &count, nullptr, nullptr, nullptr);
  values_.resize(count);
  napi_get_cb_info(env, info, &count, values_.data(), nullptr, nullptr);
}

napi_value Args::raw() {
  if (next_ < values_.size()) return values_[next_++];
  next_++;
  napi_value undefined;
  napi_get_undefined(env, &undefined);
  return undefined;
}

bool Args::reject(const char *wanted) {
  // The first two arguments of a call are ours (gate and id), the third is the object.
  const std::string place = next_ <= 3 ? "the object" : "argument " + std::to_string(next_ - 3);
  napi_throw_type_error(env, nullptr, (place + " must be " + wanted).c_str());
  return false;
}

bool Args::handle(Kind kind, HandleRef &out) {
  HandleRef *ref = unwrapHandle(env, raw());
  if (ref == nullptr) return reject("a libvirt object");
  if (!*ref) return reject("a libvirt object that has not been freed");
  if ((*ref)->kind != kind) return reject("a libvirt object of the right class");
  out = *ref;
  return true;
}

bool Args::integer(long long &out, bool isSigned, size_t size) {
  napi_value value = raw();
  napi_valuetype type;
  napi_typeof(env, value, &type);
  if (type == napi_bigint) {
    bool exact = false;
    if (isSigned) {
      int64_t v;
      napi_get_value_bigint_int64(env, value, &v, &exact);
      out = v;
    } else {
      uint64_t v;
      napi_get_value_bigint_uint64(env, value, &v, &exact);
      out = static_cast<long long>(v);
      if (size < 8 && v > 0xffffffffULL) exact = false;
    }
    if (isSigned && size < 8 && (out < -2147483648LL || out > 2147483647LL)) exact = false;
    return exact || reject("an integer in range");
  }
  double d = 0;
  if (type != napi_number || napi_get_value_double(env, value, &d) != napi_ok || std::trunc(d) != d) return reject("an integer");
  const double lowest = !isSigned ? 0 : size < 8 ? -2147483648.0 : -9007199254740991.0;
  const double highest = size < 8 ? (isSigned ? 2147483647.0 : 4294967295.0) : 9007199254740991.0;
  if (d < lowest || d > highest) return reject("an integer in range (a BigInt past 2^53)");
  out = static_cast<long long>(d);
  return true;
}

bool Args::number(double &out) { return napi_get_value_double(env, raw(), &out) == napi_ok || reject("a number"); }
bool Args::boolean(bool &out) { return napi_get_value_bool(env, raw(), &out) == napi_ok || reject("a boolean"); }

bool Args::readText(napi_value value, std::string &out) {
  size_t length = 0;
  if (napi_get_value_string_utf8(env, value, nullptr, 0, &length) != napi_ok) return reject("a string");
  out.resize(length);
  napi_get_value_string_utf8(env, value, out.data(), length + 1, &length);
  return std::memchr(out.data(), 0, out.size()) == nullptr || reject("a string without NUL characters");
}

bool Args::text(Text &out) {
  std::string value;
  if (!readText(raw(), value)) return false;
  out.set(std::move(value));
  return true;
}

bool Args::textOrNull(Text &out) {
  napi_valuetype type;
  napi_value value = raw();
  napi_typeof(env, value, &type);
  if (type == napi_null) return true;
  std::string text;
  if (!readText(value, text)) return false;
  out.set(std::move(text));
  return true;
}

bool Args::texts(Texts &out) {
  napi_value list = raw();
  uint32_t length = 0;
  if (napi_get_array_length(env, list, &length) != napi_ok) return reject("an array of strings");
  for (uint32_t i = 0; i < length; i++) {
    napi_value element;
    napi_get_element(env, list, i, &element);
    std::string text;
    if (!readText(element, text)) return false;
    out.values.push_back(std::move(text));
  }
  return true;
}

bool Args::doubles(std::vector<double> &out) {
  napi_value list = raw();
  uint32_t length = 0;
  if (napi_get_array_length(env, list, &length) != napi_ok) return reject("an array of numbers");
  for (uint32_t i = 0; i < length; i++) {
    napi_value element;
    double d;
    napi_get_element(env, list, i, &element);
    if (napi_get_value_double(env, element, &d) != napi_ok || d < 0 || std::trunc(d) != d) return reject("an array of whole numbers");
    out.push_back(d);
  }
  return true;
}

bool Args::handles(Kind kind, HandleList &out) {
  napi_value list = raw();
  uint32_t length = 0;
  if (napi_get_array_length(env, list, &length) != napi_ok) return reject("an array of libvirt objects");
  for (uint32_t i = 0; i < length; i++) {
    napi_value element;
    napi_get_element(env, list, i, &element);
    HandleRef *ref = unwrapHandle(env, element);
    if (ref == nullptr || !*ref || (*ref)->kind != kind) return reject("an array of libvirt objects of one class");
    out.push_back(*ref);
  }
  return true;
}

bool Args::bytes(Bytes &out) {
  napi_value value = raw();
  napi_typedarray_type type;
  size_t length = 0;
  void *data = nullptr;
  if (napi_get_typedarray_info(env, value, &type, &length, &data, nullptr, nullptr) != napi_ok || type != napi_uint8_array) return reject("a Uint8Array");
  out.value.assign(static_cast<unsigned char *>(data), static_cast<unsigned char *>(data) + length);
  return true;
}

bool Args::uuid(Uuid &out) {
  Bytes value;
  if (!bytes(value)) return false;
  if (value.size() != sizeof out.bytes) return reject("a Uint8Array of 16 bytes");
  std::memcpy(out.bytes, value.data(), sizeof out.bytes);
  return true;
}

bool Args::params(Params &out) {
  napi_value list = raw();
  uint32_t length = 0;
  if (napi_get_array_length(env, list, &length) != napi_ok) return reject("typed parameters");
  for (uint32_t i = 0; i < length; i++) {
    napi_value entry, nameValue, typeValue, value;
    napi_get_element(env, list, i, &entry);
    napi_get_element(env, entry, 0, &nameValue);
    napi_get_element(env, entry, 1, &typeValue);
    napi_get_element(env, entry, 2, &value);
    std::string name, text;
    int32_t type = 0;
    if (!readText(nameValue, name) || napi_get_value_int32(env, typeValue, &type) != napi_ok) return reject("typed parameters");
    int64_t wide = 0;
    uint64_t big = 0;
    bool exact = true, flag = false;
    double real = 0;
    int added = -1;
    const auto add = [&](auto function, auto v) { added = function(&out.values, &out.count, &out.room, name.c_str(), v); };
    // lib/params.ts has checked each value against its type.
    switch (type) {
      case VIR_TYPED_PARAM_INT: napi_get_value_int64(env, value, &wide); add(virTypedParamsAddInt, static_cast<int>(wide)); break;
      case VIR_TYPED_PARAM_UINT: napi_get_value_int64(env, value, &wide); add(virTypedParamsAddUInt, static_cast<unsigned>(wide)); break;
      case VIR_TYPED_PARAM_LLONG: napi_get_value_bigint_int64(env, value, &wide, &exact); add(virTypedParamsAddLLong, static_cast<long long>(wide)); break;
      case VIR_TYPED_PARAM_ULLONG: napi_get_value_bigint_uint64(env, value, &big, &exact); add(virTypedParamsAddULLong, static_cast<unsigned long long>(big)); break;
      case VIR_TYPED_PARAM_DOUBLE: napi_get_value_double(env, value, &real); add(virTypedParamsAddDouble, real); break;
      case VIR_TYPED_PARAM_BOOLEAN: napi_get_value_bool(env, value, &flag); add(virTypedParamsAddBoolean, flag ? 1 : 0); break;
      case VIR_TYPED_PARAM_STRING:
        if (!readText(value, text)) return false;
        add(virTypedParamsAddString, text.c_str());
        break;
    }
    if (added < 0 || !exact) return reject("typed parameters with names under 80 bytes and values in range");
  }
  return true;
}

// Values across the border. In: checked, never coerced. Out: plain data, null and never undefined,
// BigInt exactly where C has (unsigned) long long.
#pragma once
#include <libvirt/libvirt.h>
#include <node_api.h>

#include <cstdlib>
#include <initializer_list>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "handle.h"

// A string argument; null is kept apart from empty.
class Text {
 public:
  const char *get() const { return set_ ? value_.c_str() : nullptr; }
  void set(const char *text) {
    set_ = text != nullptr;
    if (set_) value_ = text;
  }
  void set(std::string text) {
    set_ = true;
    value_ = std::move(text);
  }

 private:
  bool set_ = false;
  std::string value_;
};

// A string that libvirt allocated for us.
struct OwnedText {
  char *value = nullptr;
  OwnedText() = default;
  OwnedText(const OwnedText &) = delete;
  ~OwnedText() { std::free(value); }
};

struct TextList {
  char **values = nullptr;
  int count = 0;
  TextList() = default;
  TextList(const TextList &) = delete;
  ~TextList();
};

// For the older functions that fill an array whose size must be guessed.
class NameBuffer {
 public:
  NameBuffer() : names_(256) {}
  NameBuffer(const NameBuffer &) = delete;
  ~NameBuffer();
  char **data() { return names_.data(); }
  int room() const { return static_cast<int>(names_.size()); }
  // Full: there may be more. Frees what came, doubles the room.
  bool mustGrow(int got);
  int count = 0;

 private:
  void clear(int got);
  std::vector<char *> names_;
};

class Texts {
 public:
  std::vector<std::string> values;
  const char **data();
  size_t size() const { return values.size(); }

 private:
  std::vector<const char *> pointers_;
};

struct Bytes {
  std::vector<unsigned char> value;
  unsigned char *data() { return value.data(); }
  size_t size() const { return value.size(); }
};

struct Uuid {
  unsigned char bytes[VIR_UUID_BUFLEN] = {};
};

struct Params {
  virTypedParameterPtr values = nullptr;
  int count = 0, room = 0;
  Params() = default;
  Params(const Params &) = delete;
  ~Params();
  void reserve(int n);
};

// Reads a call's arguments one after the other; the first wrong one throws a TypeError that names its place.
class Args {
 public:
  Args(napi_env env, napi_callback_info info);
  bool handle(Kind kind, HandleRef &out);
  template <class T> bool number(T &out) {
    long long wide = 0;
    if (!integer(wide, std::numeric_limits<T>::is_signed, sizeof(T))) return false;
    out = static_cast<T>(wide);
    return true;
  }
  bool number(double &out);
  bool boolean(bool &out);
  bool text(Text &out);
  bool textOrNull(Text &out);
  bool texts(Texts &out);
  bool bytes(Bytes &out);
  bool uuid(Uuid &out);
  // [[name, type, value], …], as lib/params.ts writes it.
  bool params(Params &out);
  bool handles(Kind kind, HandleList &out);
  template <class T> bool numbers(std::vector<T> &out) {
    std::vector<double> wide;
    if (!doubles(wide)) return false;
    for (double d : wide) out.push_back(static_cast<T>(d));
    return true;
  }
  napi_value raw();
  bool reject(const char *wanted);
  napi_env env;

 private:
  bool integer(long long &out, bool isSigned, size_t size);
  bool doubles(std::vector<double> &out);
  bool readText(napi_value value, std::string &out);
  std::vector<napi_value> values_;
  size_t next_ = 0;
};

class Js {
 public:
  explicit Js(napi_env env) : env(env) {}
  napi_value value(int v) { return number(v); }
  napi_value value(unsigned v) { return number(v); }
  napi_value value(unsigned char v) { return number(v); }
  napi_value value(unsigned short v) { return number(v); }
  napi_value value(long v) { return number(static_cast<double>(v)); }
  napi_value value(unsigned long v) { return number(static_cast<double>(v)); }
  napi_value value(double v) { return number(v); }
  napi_value value(long long v);
  napi_value value(unsigned long long v);
  napi_value value(const char *v) { return text(v); }
  napi_value boolean(bool v);
  napi_value null();
  napi_value undefined();
  napi_value text(const char *v);
  napi_value texts(char **v, int count);
  napi_value bytes(const void *data, size_t size);
  napi_value array(size_t length);
  void set(napi_value array, size_t index, napi_value v) { napi_set_element(env, array, static_cast<uint32_t>(index), v); }
  napi_value object(std::initializer_list<std::pair<const char *, napi_value>> fields);
  napi_value params(const virTypedParameter *v, int count);
  napi_value handle(const HandleRef &ref);
  napi_value handles(const HandleList &list);
  napi_env env;

 private:
  napi_value number(double v);
};

// The JavaScript side of a handle: an external that owns one HandleRef.
napi_value wrapHandle(napi_env env, HandleRef ref);
HandleRef *unwrapHandle(napi_env env, napi_value value);

// A small add-on for three things that JavaScript cannot do. (1) It holds stderr back while TensorFlow is loaded and while
// it loads a graph: the library writes notes past `process.stderr`, one of them from a static initialiser before it reads
// TF_CPP_MIN_LOG_LEVEL, so only the file descriptor can stop them. (2) It sets the real environment: in jest and in
// worker threads `process.env` is a copy that TensorFlow never sees. (3) It has malloc give back what it keeps free.
// Compiled by `buildAddon`, used by `loadRuntime`.

/** Beside the add-on. */
export const PROCESS_ADDON_FILE = 'radiograft_process.node'

/** What the add-on exports. */
export type ProcessAddon = {
  /** Sends file descriptor 2 to a temporary file. */
  readonly hold: () => void
  /** Puts it back and returns what was written meanwhile. */
  readonly release: () => string
  /** Sets a variable of the process's own environment. */
  readonly setenv: (name: string, value: string) => void
  /** Gives free memory of malloc's heaps back to the system, between what is held too; nothing where it is not glibc's. */
  readonly trim: () => void
}

export const PROCESS_ADDON_SOURCE = String.raw`
#include <node_api.h>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
static int saved = -1;
static FILE* held = nullptr;
static napi_value Hold(napi_env, napi_callback_info) {
  if (saved >= 0) return nullptr;
  held = tmpfile();
  if (!held) return nullptr;
  fflush(stderr);
  saved = dup(2);
  if (saved >= 0) dup2(fileno(held), 2);
  return nullptr;
}
static napi_value Release(napi_env env, napi_callback_info) {
  std::string text;
  if (saved >= 0) {
    fflush(stderr);
    dup2(saved, 2);
    close(saved);
    saved = -1;
    char buffer[4096];
    rewind(held);
    for (size_t n; (n = fread(buffer, 1, sizeof buffer, held)) > 0;) text.append(buffer, n);
    fclose(held);
    held = nullptr;
  }
  napi_value out;
  napi_create_string_utf8(env, text.data(), text.size(), &out);
  return out;
}
static napi_value Setenv(napi_env env, napi_callback_info info) {
  size_t argc = 2;
  napi_value argv[2];
  napi_get_cb_info(env, info, &argc, argv, nullptr, nullptr);
  char name[256] = "", value[256] = "";
  napi_get_value_string_utf8(env, argv[0], name, sizeof name, nullptr);
  napi_get_value_string_utf8(env, argv[1], value, sizeof value, nullptr);
  setenv(name, value, 1);
  return nullptr;
}
static napi_value Trim(napi_env, napi_callback_info) {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
  return nullptr;
}
static napi_value Init(napi_env env, napi_value exports) {
  napi_value f;
  napi_create_function(env, "hold", NAPI_AUTO_LENGTH, Hold, nullptr, &f);
  napi_set_named_property(env, exports, "hold", f);
  napi_create_function(env, "release", NAPI_AUTO_LENGTH, Release, nullptr, &f);
  napi_set_named_property(env, exports, "release", f);
  napi_create_function(env, "setenv", NAPI_AUTO_LENGTH, Setenv, nullptr, &f);
  napi_set_named_property(env, exports, "setenv", f);
  napi_create_function(env, "trim", NAPI_AUTO_LENGTH, Trim, nullptr, &f);
  napi_set_named_property(env, exports, "trim", f);
  return exports;
}
NAPI_MODULE(radiograft_process, Init)
`

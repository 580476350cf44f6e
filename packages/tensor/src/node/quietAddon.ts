// A 30-line add-on that holds stderr back while libtensorflow is loaded. The library writes a note about oneDNN from a
// static initialiser, before it reads TF_CPP_MIN_LOG_LEVEL and past `process.stderr`, so no environment variable and no
// JavaScript can stop it: only the file descriptor can. Compiled by `buildAddon`, used by `loadRuntime`.

/** Beside the add-on. */
export const QUIET_FILE = 'radiograft_quiet.node'

/** What the add-on exports. */
export type Quiet = {
  /** Sends file descriptor 2 to a temporary file. */
  readonly hold: () => void
  /** Puts it back and returns what was written meanwhile. */
  readonly release: () => string
}

export const QUIET_SOURCE = String.raw`
#include <node_api.h>
#include <cstdio>
#include <string>
#include <unistd.h>
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
static napi_value Init(napi_env env, napi_value exports) {
  napi_value f;
  napi_create_function(env, "hold", NAPI_AUTO_LENGTH, Hold, nullptr, &f);
  napi_set_named_property(env, exports, "hold", f);
  napi_create_function(env, "release", NAPI_AUTO_LENGTH, Release, nullptr, &f);
  napi_set_named_property(env, exports, "release", f);
  return exports;
}
NAPI_MODULE(radiograft_quiet, Init)
`

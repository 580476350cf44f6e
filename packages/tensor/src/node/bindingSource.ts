// tfjs-node's C++ source with four things changed. (1) Sessions run graphs as they were traced. TensorFlow's graph
// optimiser merges constant factors and regroups terms, which changes last bits (measured: a generator with six residual
// blocks, all parameters different from eager after two steps). Switched off, compiled equals eager, is no slower and
// loads sooner. (2) While RADIOGRAFT_TRACE_NODES is not empty in the environment, a run is traced and what TensorFlow recorded (a
// `RunMetadata` protobuf: times of each node, the graph as it ran) comes back as the property `trace` of its results.
// (3) `runSavedModel` with a callback runs on a thread of Node's pool: meanwhile JavaScript makes the next batch and hears
// signals. Results and errors are those of a run without one. (4) What a large tensor is read into lies outside malloc's heap: the copy
// of a state that a checkpoint holds (110 MB for a detector) left holes there which stayed, and sizes that wandered by 12 MB.
import { ProvisionError } from './ProvisionError.ts'

type Change = { readonly anchor: string; readonly replacement: string }

/** ConfigProto { graph_options (10) { rewrite_options (10) { disable_meta_optimizer (19): true } } } */
const CONFIG = [0x52, 0x05, 0x52, 0x03, 0x98, 0x01, 0x01]

/** RunOptions { trace_level (1): SOFTWARE_TRACE (1); output_partition_graphs (5): true } */
const RUN_OPTIONS = [0x08, 0x01, 0x28, 0x01]

/** Read at each call; set and emptied with `setenv` of the process add-on. */
export const TRACE_VARIABLE = 'RADIOGRAFT_TRACE_NODES'

const OPTIONS = 'TF_SessionOptions *session_options = TF_NewSessionOptions();'
const DEFINITION = 'napi_value TFJSBackend::RunSavedModel(napi_env env,'
const LAST_ARGUMENT = 'napi_value output_op_names_value) {'
const OUTPUT_VALUES = 'std::vector<TF_Tensor *> output_values(outputs.size(), nullptr);'
const RUN = 'TF_SessionRun(savedmodel_entry->second.first, nullptr, inputs.data(),'
const RUN_END =
  'output_values.data(), output_op_name_array.size(), nullptr, 0,\n                nullptr, tf_status.status);'
const RESULTS =
  'nstatus = napi_create_array_with_length(env, 1, &output_tensor_infos);\n  ENSURE_NAPI_OK_RETVAL(env, nstatus, nullptr);'

/** A run on another thread: only TF_SessionRun happens there, tensors and handles stay with JavaScript's thread. */
const PENDING_RUN = `struct TFJSBackend::PendingRun {
  TFJSBackend *backend;
  TF_Session *session;
  std::vector<TF_Output> inputs, outputs;
  std::vector<TF_Tensor *> input_values, output_values;
  TF_Status *status;
  napi_ref callback;
  napi_async_work work;
};

static void ExecutePendingRun(napi_env, void *data) {
  auto *run = static_cast<TFJSBackend::PendingRun *>(data);
  TF_SessionRun(run->session, nullptr, run->inputs.data(), run->input_values.data(), run->inputs.size(),
                run->outputs.data(), run->output_values.data(), run->outputs.size(), nullptr, 0, nullptr, run->status);
}

void TFJSBackend::FinishPendingRun(napi_env env, napi_status, void *data) {
  std::unique_ptr<PendingRun> run(static_cast<PendingRun *>(data));
  for (TF_Tensor *value : run->input_values) TF_DeleteTensor(value);
  napi_value results[2], callback, global;
  napi_get_null(env, &results[0]);
  napi_get_undefined(env, &results[1]);
  if (TF_GetCode(run->status) != TF_OK) {
    const std::string text = std::string("Session fail to run with error: ") + TF_Message(run->status);
    napi_value message;
    napi_create_string_utf8(env, text.data(), text.size(), &message);
    napi_create_error(env, nullptr, message, &results[0]);
  } else {
    napi_create_array_with_length(env, run->output_values.size(), &results[1]);
    for (uint32_t i = 0; i < run->output_values.size(); i++) {
      TFE_TensorHandle *handle = TFE_NewTensorHandle(run->output_values[i], run->status);
      TF_DeleteTensor(run->output_values[i]);
      napi_set_element(env, results[1], i, run->backend->GenerateOutputTensorInfo(env, handle));
    }
  }
  TF_DeleteStatus(run->status);
  napi_get_reference_value(env, run->callback, &callback);
  napi_delete_reference(env, run->callback);
  napi_delete_async_work(env, run->work);
  napi_get_global(env, &global);
  napi_call_function(env, global, callback, 2, results, nullptr);
}

`

const START_PENDING_RUN = `if (callback != nullptr) {
    auto *run = new PendingRun{this, savedmodel_entry->second.first, inputs, outputs, input_values,
                               std::vector<TF_Tensor *>(outputs.size(), nullptr), TF_NewStatus(), nullptr, nullptr};
    for (const char *name : input_op_name_array) delete name;
    for (const char *name : output_op_name_array) delete name;
    napi_value resource_name;
    nstatus = napi_create_string_latin1(env, "radiograft:run", NAPI_AUTO_LENGTH, &resource_name);
    ENSURE_NAPI_OK_RETVAL(env, nstatus, nullptr);
    nstatus = napi_create_reference(env, callback, 1, &run->callback);
    ENSURE_NAPI_OK_RETVAL(env, nstatus, nullptr);
    nstatus = napi_create_async_work(env, nullptr, resource_name, ExecutePendingRun, FinishPendingRun, run, &run->work);
    ENSURE_NAPI_OK_RETVAL(env, nstatus, nullptr);
    nstatus = napi_queue_async_work(env, run->work);
    ENSURE_NAPI_OK_RETVAL(env, nstatus, nullptr);
    return nullptr;
  }

  `

const OWN_HEADER = '#include "tfjs_backend.h"'
const READ = `napi_value array_buffer_value;
  void *array_buffer_data;
  napi_status nstatus;
  nstatus = napi_create_arraybuffer(env, byte_length, &array_buffer_data,
                                    &array_buffer_value);`

/** From where on malloc, before it has learned otherwise, takes memory from the system and gives it back; see mallopt(3). */
const OUTSIDE_FROM = 128 * 1024

/** Pages of its own, given back when JavaScript collects the array. */
const READ_OUTSIDE = `napi_value array_buffer_value;
  void *array_buffer_data = MAP_FAILED;
  napi_status nstatus = napi_generic_failure;
  if (byte_length >= ${OUTSIDE_FROM})
    array_buffer_data = mmap(nullptr, byte_length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);
  if (array_buffer_data != MAP_FAILED) {
    nstatus = napi_create_external_arraybuffer(
        env, array_buffer_data, byte_length,
        [](napi_env, void *data, void *length) { munmap(data, reinterpret_cast<size_t>(length)); },
        reinterpret_cast<void *>(byte_length), &array_buffer_value);
    if (nstatus != napi_ok) munmap(array_buffer_data, byte_length);
  }
  if (nstatus != napi_ok)
    nstatus = napi_create_arraybuffer(env, byte_length, &array_buffer_data, &array_buffer_value);`

const BACKEND: ReadonlyArray<Change> = [
  { anchor: OWN_HEADER, replacement: `${OWN_HEADER}\n#include <sys/mman.h>` },
  { anchor: READ, replacement: READ_OUTSIDE },
  {
    anchor: OPTIONS,
    replacement: `${OPTIONS}
  {
    static const unsigned char config[] = {${CONFIG.join(', ')}};
    TF_AutoStatus config_status;
    TF_SetConfig(session_options, config, sizeof config, config_status.status);
  }`,
  },
  { anchor: DEFINITION, replacement: PENDING_RUN + DEFINITION },
  { anchor: LAST_ARGUMENT, replacement: 'napi_value output_op_names_value, napi_value callback) {' },
  { anchor: OUTPUT_VALUES, replacement: START_PENDING_RUN + OUTPUT_VALUES },
  {
    anchor: RUN,
    replacement: `static const unsigned char trace_bytes[] = {${RUN_OPTIONS.join(', ')}};
  const TF_Buffer trace_options = {trace_bytes, sizeof trace_bytes, nullptr};
  const char *trace_asked = getenv("${TRACE_VARIABLE}");
  const bool traced = trace_asked != nullptr && *trace_asked != 0;
  std::unique_ptr<TF_Buffer, decltype(&TF_DeleteBuffer)> trace(traced ? TF_NewBuffer() : nullptr, TF_DeleteBuffer);
  ${RUN.replace('nullptr', 'traced ? &trace_options : nullptr')}`,
  },
  { anchor: RUN_END, replacement: RUN_END.replace('\n                nullptr,', '\n                trace.get(),') },
  {
    anchor: RESULTS,
    replacement: `${RESULTS}
  if (traced) {
    napi_value trace_value;
    void *trace_copy;
    nstatus = napi_create_arraybuffer(env, trace->length, &trace_copy, &trace_value);
    ENSURE_NAPI_OK_RETVAL(env, nstatus, nullptr);
    if (trace->length > 0) memcpy(trace_copy, trace->data, trace->length);
    nstatus = napi_set_named_property(env, output_tensor_infos, "trace", trace_value);
    ENSURE_NAPI_OK_RETVAL(env, nstatus, nullptr);
  }`,
  },
]

const HEADER: ReadonlyArray<Change> = [
  {
    anchor: 'napi_value output_op_names);',
    replacement: `napi_value output_op_names, napi_value callback);

  struct PendingRun;
  static void FinishPendingRun(napi_env env, napi_status status, void *data);`,
  },
]

const BINDING: ReadonlyArray<Change> = [
  {
    anchor: '// input_op_names, output_op_names.\n  size_t argc = 4;\n  napi_value args[4];',
    replacement: '// input_op_names, output_op_names; and a callback.\n  size_t argc = 5;\n  napi_value args[5];',
  },
  {
    anchor: 'return backend->RunSavedModel(env, args[0], args[1], args[2], args[3]);',
    replacement: `return backend->RunSavedModel(env, args[0], args[1], args[2], args[3],
                                argc > 4 ? args[4] : nullptr);`,
  },
]

/** The changed files of tfjs-node's `binding` folder. */
const CHANGES = { 'tfjs_backend.cc': BACKEND, 'tfjs_backend.h': HEADER, 'tfjs_binding.cc': BINDING } as const

export type BindingFile = keyof typeof CHANGES

export const BINDING_FILES = Object.keys(CHANGES) as ReadonlyArray<BindingFile>

/** What is changed, for the key of the add-on. */
export const BINDING_PATCH = Object.values(CHANGES)
  .flatMap((changes) => changes.map(({ replacement }) => replacement))
  .join('\0')

/** A file of `binding` as it is compiled. */
export const patchedSource = (file: BindingFile, source: string): string =>
  CHANGES[file].reduce((text, { anchor, replacement }) => {
    const parts = text.split(anchor)
    if (parts.length !== 2) {
      const remedy = `its binding/${file} is not that of 4.22.0; install @tensorflow/tfjs-node@4.22.0`
      throw new ProvisionError([{ part: '@tensorflow/tfjs-node', remedy }])
    }
    return parts.join(replacement)
  }, source)

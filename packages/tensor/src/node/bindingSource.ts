// tfjs-node's C++ source with two statements changed. (1) Sessions run graphs as they were traced. TensorFlow's graph
// optimiser merges constant factors and regroups terms, which changes last bits (measured: a generator with six residual
// blocks, all parameters different from eager after two steps). Switched off, compiled equals eager, is no slower and
// loads sooner. (2) While RADIOGRAFT_TRACE_NODES is not empty in the environment, a run is traced and what TensorFlow recorded (a
// `RunMetadata` protobuf: times of each node, the graph as it ran) comes back as the property `trace` of its results.
import { ProvisionError } from './ProvisionError.ts'

type Change = { readonly anchor: string; readonly replacement: string }

/** ConfigProto { graph_options (10) { rewrite_options (10) { disable_meta_optimizer (19): true } } } */
const CONFIG = [0x52, 0x05, 0x52, 0x03, 0x98, 0x01, 0x01]

/** RunOptions { trace_level (1): SOFTWARE_TRACE (1); output_partition_graphs (5): true } */
const RUN_OPTIONS = [0x08, 0x01, 0x28, 0x01]

/** Read at each call; set and emptied with `setenv` of the process add-on. */
export const TRACE_VARIABLE = 'RADIOGRAFT_TRACE_NODES'

const OPTIONS = 'TF_SessionOptions *session_options = TF_NewSessionOptions();'
const RUN = 'TF_SessionRun(savedmodel_entry->second.first, nullptr, inputs.data(),'
const RUN_END =
  'output_values.data(), output_op_name_array.size(), nullptr, 0,\n                nullptr, tf_status.status);'
const RESULTS =
  'nstatus = napi_create_array_with_length(env, 1, &output_tensor_infos);\n  ENSURE_NAPI_OK_RETVAL(env, nstatus, nullptr);'

const CHANGES: ReadonlyArray<Change> = [
  {
    anchor: OPTIONS,
    replacement: `${OPTIONS}
  {
    static const unsigned char config[] = {${CONFIG.join(', ')}};
    TF_AutoStatus config_status;
    TF_SetConfig(session_options, config, sizeof config, config_status.status);
  }`,
  },
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

/** What is changed, for the key of the add-on. */
export const BINDING_PATCH = CHANGES.map(({ replacement }) => replacement).join('\0')

/** `binding/tfjs_backend.cc` with the session's configuration and the traced run. */
export const patchedBackend = (source: string): string =>
  CHANGES.reduce((text, { anchor, replacement }) => {
    const parts = text.split(anchor)
    if (parts.length !== 2) {
      const remedy = 'its binding/tfjs_backend.cc is not that of 4.22.0; install @tensorflow/tfjs-node@4.22.0'
      throw new ProvisionError([{ part: '@tensorflow/tfjs-node', remedy }])
    }
    return parts.join(replacement)
  }, source)

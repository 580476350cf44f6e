// tfjs-node's C++ source with one statement added: sessions run graphs as they were traced. TensorFlow's graph optimiser
// merges constant factors and regroups terms, which changes last bits (measured: a generator with six residual blocks, all
// parameters different from eager after two steps). Switched off, compiled equals eager, is no slower and loads sooner.
import { ProvisionError } from './ProvisionError.ts'

const ANCHOR = 'TF_SessionOptions *session_options = TF_NewSessionOptions();'

/** ConfigProto { graph_options (10) { rewrite_options (10) { disable_meta_optimizer (19): true } } } */
const CONFIG = [0x52, 0x05, 0x52, 0x03, 0x98, 0x01, 0x01]

const ADDED = `
  {
    static const unsigned char config[] = {${CONFIG.join(', ')}};
    TF_AutoStatus config_status;
    TF_SetConfig(session_options, config, sizeof config, config_status.status);
  }`

/** What is added, for the key of the add-on. */
export const BINDING_PATCH = ADDED

/** `binding/tfjs_backend.cc` with the session's configuration. */
export const patchedBackend = (source: string): string => {
  const parts = source.split(ANCHOR)
  if (parts.length !== 2) {
    const remedy = 'its binding/tfjs_backend.cc is not that of 4.22.0; install @tensorflow/tfjs-node@4.22.0'
    throw new ProvisionError([{ part: '@tensorflow/tfjs-node', remedy }])
  }
  return parts.join(ANCHOR + ADDED)
}

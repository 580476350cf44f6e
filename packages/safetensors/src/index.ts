/** @radiograft/safetensors: safetensors files as plain typed arrays. */
export {}

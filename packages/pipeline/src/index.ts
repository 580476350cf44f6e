// @radiograft/pipeline: The vocabulary of pipelines: stages, kinds of artefact, provenance, the matrix. No tensors, no I/O.
export {}

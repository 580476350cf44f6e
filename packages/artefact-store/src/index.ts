// @radiograft/artefact-store: Content-addressed Arrow artefacts with manifests and digest-checked reads.
export {}

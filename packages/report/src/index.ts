// @radiograft/report: One self-contained page made from the manifests of a run.
export {}

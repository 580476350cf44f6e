// @radiograft/runner: Plans, keys and executes pipelines: what was hashed is what runs.
export {}

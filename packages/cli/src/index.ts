// @radiograft/cli: The radiograft command: run, plan, metrics, doctor.
export {}

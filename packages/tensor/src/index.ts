// @radiograft/tensor: The tensor runtime: provisioning, compiled steps, ops that tfjs lacks.
export {}

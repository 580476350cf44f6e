/** Seconds to start a process, load the runtime and compile: a part of every price of a stage that computes with tensors. */
export const overhead = 6

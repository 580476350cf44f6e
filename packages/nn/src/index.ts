// @radiograft/nn: Networks as pure functions: layers, initialisers, optimisers, schedules.
export {}

// @radiograft/training: The one fit loop: seeded order, batches, knobs, validation, progress, cancellation.
export {}

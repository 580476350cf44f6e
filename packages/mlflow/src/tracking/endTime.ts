// When a run ended, by a clock that may have been put back while it went on. Used by `Delivery`.

/**
 * Milliseconds since 1970, not before the begin: MLflow would show a negative duration.
 * @param startTime as the server has it
 * @param at what the clock said at the end
 * @param seconds how long it took, by a clock that nobody puts back
 */
export const endTime = (startTime: number, at: number, seconds = 0): number =>
  at >= startTime ? at : startTime + Math.round(1000 * seconds)

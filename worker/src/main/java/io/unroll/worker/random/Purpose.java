package io.unroll.worker.random;

/** What a stream of random numbers is for; two purposes never share numbers. */
public enum Purpose {
  INITIALIZATION,
  DROPOUT,
  SHUFFLE,
  SAMPLING,
  STATE_RESET,
  BENCHMARK
}

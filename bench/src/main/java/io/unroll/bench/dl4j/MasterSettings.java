package io.unroll.bench.dl4j;

/**
 * What of ParameterAveragingTrainingMaster is worth tuning.
 *
 * @param averagingFrequency minibatches of each worker between averagings
 * @param prefetch minibatches that each worker reads ahead in a thread of its own
 * @param export whether data go through files before training (else straight from the RDD)
 */
record MasterSettings(int averagingFrequency, int prefetch, boolean export) {
  /** As ParameterAveragingTrainingMaster.Builder has them. */
  static final MasterSettings DEFAULT = new MasterSettings(5, 0, true);

  /** Up to so many hidden units, minibatches are short and averaging weighs more. */
  private static final int SMALL = 200;

  /**
   * The fastest that were found: each averaging builds the networks of all workers anew, which
   * takes a second or two, so it has to be rare. Beyond these there is little to gain.
   */
  static MasterSettings tuned(Workload load) {
    return new MasterSettings(load.hidden() <= SMALL ? 100 : 20, 0, true);
  }

  /** Minibatches between two averagings, of all workers together. */
  int minibatchesPerSplit(int cores) {
    return cores * averagingFrequency;
  }
}

package io.unroll.dataprep.examples;

/** An example that cannot be used; those after it can be read nevertheless. */
public final class BadExample extends Exception {
  private static final long serialVersionUID = 1L;

  private final Fault fault;
  private final long place;

  /**
   * @param place its line or row, from 1
   * @param message what is wrong, and in brackets the remedy
   */
  public BadExample(Fault fault, long place, String message) {
    super(message, null, false, false);
    this.fault = fault;
    this.place = place;
  }

  Fault fault() {
    return fault;
  }

  long place() {
    return place;
  }
}

package io.unroll.driver.serve;

/**
 * What a server grants its clients.
 *
 * @param body bytes of a request's body
 * @param tokens of a text that is read, and of one that is written
 * @param answers that are computed at a time; others wait
 * @param connections that are open at a time
 * @param seconds that an answer may take, the time that the client takes to read it included
 */
public record ServeLimits(int body, int tokens, int answers, int connections, int seconds) {
  /** Seconds that a request may take to arrive. */
  static final int REQUEST_SECONDS = 30;

  /** Seconds that a client may leave what is sent to it unread. */
  static final int STALLED_SECONDS = 20;

  /** Seconds that a request waits for its turn. */
  static final int WAITING_SECONDS = 20;
}

package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InterruptRequestTest {
  @Test
  void theFirstAsksAndTheSecondEndsTheProcessAsResumable() throws InterruptedException {
    BlockingQueue<Integer> exits = new LinkedBlockingQueue<>();
    StringWriter err = new StringWriter();
    try (InterruptRequest request = new InterruptRequest(new PrintWriter(err), exits::add)) {
      assertFalse(request.asked());
      request.interrupt();
      assertTrue(request.asked());
      assertFalse(request.insisted());
      assertTrue(err.toString().contains("stopping after the current round"), err.toString());
      request.interrupt();
      request.interrupt();
      assertTrue(request.insisted());
      assertEquals(75, exits.poll(10, TimeUnit.SECONDS));
      assertTrue(exits.isEmpty());
    }
  }

  @Test
  void aClosedTerminalAsksHoweverOftenItSaysSo() {
    BlockingQueue<Integer> exits = new LinkedBlockingQueue<>();
    StringWriter err = new StringWriter();
    try (InterruptRequest request = new InterruptRequest(new PrintWriter(err), exits::add)) {
      request.hangUp();
      assertTrue(request.asked());
      assertTrue(err.toString().contains("terminal was closed"), err.toString());
      request.hangUp();
      request.interrupt();
      request.hangUp();
      assertFalse(request.insisted());
      assertTrue(exits.isEmpty());
    }
  }
}

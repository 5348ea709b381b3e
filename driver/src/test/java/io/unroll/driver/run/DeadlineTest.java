package io.unroll.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  @Test
  void passesOnWhatTheAccessReturnsOrThrows() throws IOException {
    Deadline deadline = Deadline.in(Duration.ofMinutes(1));
    assertEquals("found", deadline.run(() -> "found"));
    IOException absent = new FileNotFoundException("absent");
    assertSame(absent, assertThrows(IOException.class, () -> deadline.run(() -> fail(absent))));
    UnsupportedOperationException unable = new UnsupportedOperationException();
    assertSame(
        unable,
        assertThrows(
            UnsupportedOperationException.class,
            () ->
                deadline.run(
                    () -> {
                      throw unable;
                    })));
  }

  @Test
  void limitsAccessesTogetherAndDoesNotBeginOneTooLate() {
    CountDownLatch never = new CountDownLatch(1);
    AtomicBoolean begun = new AtomicBoolean();
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          Deadline deadline = Deadline.in(Duration.ofSeconds(1));
          IOException late =
              assertThrows(IOException.class, () -> deadline.run(() -> await(never)));
          assertEquals("not done within 1 seconds", late.getMessage());
          assertThrows(IOException.class, () -> deadline.run(() -> begun.getAndSet(true)));
          assertEquals(false, begun.get());
        });
  }

  private static String fail(IOException failure) throws IOException {
    throw failure;
  }

  private static String await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
      return "answered";
    } catch (InterruptedException interrupted) {
      throw new IOException(interrupted);
    }
  }
}

package io.unroll.worker.parallel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ThreadTeamTest {
  @Test
  void doesEveryPartOnceAndShowsWhatItWrote() {
    for (int size : new int[] {1, 2, 3, 8}) {
      try (ThreadTeam team = new ThreadTeam(size, "team")) {
        int[] written = new int[size];
        for (int piece = 1; piece <= 1000; piece++) {
          int number = piece;
          team.run(index -> written[index] += number);
        }
        int[] expected = new int[size];
        Arrays.fill(expected, 1000 * 1001 / 2);
        assertArrayEquals(expected, written);
      }
    }
  }

  @Test
  void wakesHelpersThatHaveParked() {
    try (ThreadTeam team = new ThreadTeam(3, "team")) {
      AtomicIntegerArray done = new AtomicIntegerArray(3);
      for (int piece = 0; piece < 20; piece++) {
        LockSupport.parkNanos(Duration.ofMillis(2).toNanos()); // far longer than they spin
        team.run(done::incrementAndGet);
      }
      for (int index = 0; index < 3; index++) {
        assertEquals(20, done.get(index));
      }
    }
  }

  @Test
  void thePartsRunSideBySideOnNamedDaemons() {
    try (ThreadTeam team = new ThreadTeam(3, "lane 7")) {
      List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
      CountDownLatch all = new CountDownLatch(3);
      team.run(
          index -> {
            threads.add(Thread.currentThread());
            all.countDown();
            awaitUninterrupted(all); // would never end, were they done one after the other
          });
      assertTrue(threads.remove(Thread.currentThread()));
      assertEquals(
          List.of("lane 7-1", "lane 7-2"), threads.stream().map(Thread::getName).sorted().toList());
      assertTrue(threads.stream().allMatch(Thread::isDaemon));
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatAPartThrowsReachesTheCallerAndTheTeamGoesOn() {
    try (ThreadTeam team = new ThreadTeam(3, "team")) {
      IllegalStateException second = new IllegalStateException("second");
      OutOfMemoryError third = new OutOfMemoryError("third");
      Throwable thrown =
          assertThrows(
              IllegalStateException.class,
              () ->
                  team.run(
                      index -> {
                        if (index == 1) {
                          throw second;
                        } else if (index == 2) {
                          throw third;
                        }
                      }));
      assertSame(second, thrown);
      assertArrayEquals(new Throwable[] {third}, thrown.getSuppressed());
      assertThrows(
          OutOfMemoryError.class,
          () ->
              team.run(
                  index -> {
                    if (index == 2) {
                      throw third;
                    }
                  }));
      int[] done = new int[3];
      team.run(index -> done[index] = 1);
      assertArrayEquals(new int[] {1, 1, 1}, done);
    }
  }

  @Test
  void anInterruptIsKeptAndNothingIsLeftBehind() {
    List<Thread> helpers = Collections.synchronizedList(new ArrayList<>());
    try (ThreadTeam team = new ThreadTeam(2, "team")) {
      Thread.currentThread().interrupt();
      for (int piece = 0; piece < 100; piece++) {
        team.run(
            index -> {
              if (index == 1) {
                helpers.add(Thread.currentThread());
                LockSupport.parkNanos(1000);
              }
            });
      }
      assertEquals(100, helpers.size());
    } finally {
      assertTrue(Thread.interrupted());
    }
    assertFalse(helpers.get(0).isAlive());
  }

  @Test
  void doesNothingAfterItsEnd() {
    ThreadTeam team = new ThreadTeam(2, "team");
    team.close();
    assertThrows(IllegalStateException.class, () -> team.run(index -> {}));
    assertThrows(IllegalArgumentException.class, () -> new ThreadTeam(0, "team"));
  }
}

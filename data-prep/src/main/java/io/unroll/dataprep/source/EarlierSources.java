package io.unroll.dataprep.source;

import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.Source;
import io.unroll.dataprep.dataset.SourceChanges;
import io.unroll.dataprep.place.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The files that an earlier dataset was made of, to tell what is new since then. */
public final class EarlierSources {
  /** The place of a file that was not there. */
  private static final int NEW = Integer.MAX_VALUE;

  private final String dataset;
  private final String fingerprint;
  private final List<Source> sources;

  EarlierSources(String dataset, String fingerprint, List<Source> sources) {
    this.dataset = dataset;
    this.fingerprint = fingerprint;
    this.sources = List.copyOf(sources);
  }

  /**
   * What compares files with those of an earlier dataset, where there is one, which is read now:
   * the new one may replace it.
   *
   * @throws io.unroll.dataprep.DataException if there is no finished dataset
   * @throws UncheckedIOException if the file system does not let it be read
   */
  public static Function<List<Source>, ComparedSources> comparison(
      Optional<String> uri, Configuration hadoop) {
    if (uri.isEmpty()) {
      return ComparedSources::alone;
    }
    return open(uri.get(), hadoop)::compare;
  }

  private static EarlierSources open(String uri, Configuration hadoop) {
    var directory = DatasetDirectory.open(uri, hadoop);
    try {
      Path path = Place.of(uri);
      String full = path.getFileSystem(hadoop).makeQualified(path).toString();
      return new EarlierSources(
          Credentials.hiddenIn(full),
          directory.manifest().contentFingerprint(),
          directory.manifest().sources());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot open dataset %s: %s".formatted(uri, e.getMessage()), e);
    }
  }

  /**
   * Compares files by SHA-256, each with at most one of then: first with the one at the same place,
   * then with one that was elsewhere. What is left at the same place has changed.
   */
  ComparedSources compare(List<Source> now) {
    var matching = new Matching(now);
    matching.keep();
    matching.move();
    matching.change();
    return matching.result();
  }

  /** Which file of then each file of now is. */
  private final class Matching {
    private final List<Source> now;

    /** By index of now: the index of then. */
    private final int[] places;

    private final boolean[] found = new boolean[sources.size()];
    private final List<Source> changed = new ArrayList<>();

    Matching(List<Source> now) {
      this.now = now;
      this.places = new int[now.size()];
      Arrays.fill(places, NEW);
    }

    void keep() {
      Map<String, Integer> byUri = byUri();
      for (int x = 0; x < places.length; x++) {
        Integer then = byUri.get(now.get(x).uri());
        if (then != null && sources.get(then).sha256().equals(now.get(x).sha256())) {
          match(x, then);
        }
      }
    }

    void move() {
      Map<String, Deque<Integer>> byContent = new HashMap<>();
      for (int then = 0; then < found.length; then++) {
        if (!found[then]) {
          byContent
              .computeIfAbsent(sources.get(then).sha256(), sha256 -> new ArrayDeque<>())
              .add(then);
        }
      }
      for (int x = 0; x < places.length; x++) {
        Deque<Integer> same = byContent.get(now.get(x).sha256());
        if (places[x] == NEW && same != null && !same.isEmpty()) {
          match(x, same.remove());
        }
      }
    }

    void change() {
      Map<String, Integer> byUri = byUri();
      for (int x = 0; x < places.length; x++) {
        Integer then = byUri.get(now.get(x).uri());
        if (places[x] == NEW && then != null) {
          match(x, then);
          changed.add(now.get(x));
        }
      }
    }

    private void match(int x, int then) {
      places[x] = then;
      found[then] = true;
    }

    /** Those that are not found yet. */
    private Map<String, Integer> byUri() {
      Map<String, Integer> byUri = new HashMap<>();
      for (int then = 0; then < found.length; then++) {
        if (!found[then]) {
          byUri.putIfAbsent(sources.get(then).uri(), then);
        }
      }
      return byUri;
    }

    ComparedSources result() {
      List<Source> added =
          IntStream.range(0, places.length)
              .filter(x -> places[x] == NEW)
              .mapToObj(now::get)
              .toList();
      List<Source> gone =
          IntStream.range(0, found.length)
              .filter(then -> !found[then])
              .mapToObj(sources::get)
              .toList();
      return new ComparedSources(
          now,
          Optional.of(new SourceChanges(dataset, fingerprint, added, changed, gone)),
          misplaced());
    }

    /** The first file that is before one that was before it, or before which it was not. */
    private Optional<String> misplaced() {
      return IntStream.range(1, places.length)
          .filter(x -> places[x - 1] > places[x])
          .mapToObj(x -> "%s comes before %s".formatted(now.get(x - 1).uri(), now.get(x).uri()))
          .findFirst();
    }
  }
}

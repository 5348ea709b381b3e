package io.unroll.dataprep.generate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * Writes one program and runs it. Operations are composed as Zaremba and Sutskever do: each takes
 * what earlier ones have left, or literals, in any order. Not thread-safe.
 */
final class ProgramWriter {
  private static final char LINE_END = '#';
  private static final int OPERATIONS = 6;
  private static final String NAMES = "abcdefghij";
  private static final long TEN = 10;

  private final Draws draws;
  private final int length;
  private final boolean mixed;
  private final StringBuilder lines = new StringBuilder();
  private final Deque<Value> left = new ArrayDeque<>();
  private final List<String> names = new ArrayList<>();

  /** An expression with its value. */
  private record Value(String text, long number) {}

  /**
   * @param length ℓ: literals are 1 to 10^ℓ
   * @param mixed whether each literal is of a length of its own, 1 to ℓ
   */
  ProgramWriter(Draws draws, int length, boolean mixed) {
    this.draws = draws;
    this.length = length;
    this.mixed = mixed;
    for (int x = 0; x < NAMES.length(); x++) {
      names.add(NAMES.substring(x, x + 1));
    }
    for (int last = names.size() - 1; last > 0; last--) {
      Collections.swap(names, last, (int) draws.below(last + 1L));
    }
  }

  /** A program of some operations, at most 9, with what it prints. */
  GeneratedText write(int operations) {
    for (int x = 0; x < operations; x++) {
      left.push(operation());
    }
    Value printed = left.pop();
    return new GeneratedText(
        lines + "print(" + printed.text() + ")" + LINE_END, Long.toString(printed.number()));
  }

  private Value operation() {
    return switch ((int) draws.below(OPERATIONS)) {
      case 0 -> sum(operands(2));
      case 1 -> product();
      case 2 -> operands(1).get(0);
      case 3 -> variable();
      case 4 -> loop();
      default -> choice(operands(4));
    };
  }

  /** Takes what is left first, then literals, and shuffles them. */
  private List<Value> operands(int count) {
    List<Value> taken = new ArrayList<>();
    for (int x = 0; x < count; x++) {
      taken.add(left.isEmpty() ? literal() : left.pop());
    }
    for (int last = count - 1; last > 0; last--) {
      Collections.swap(taken, last, (int) draws.below(last + 1L));
    }
    return taken;
  }

  private Value literal() {
    long bound = 1;
    long digits = mixed ? draws.upTo(length) : length;
    for (long digit = 0; digit < digits; digit++) {
      bound *= TEN;
    }
    return literal(draws.upTo(bound));
  }

  private static Value literal(long number) {
    return new Value(Long.toString(number), number);
  }

  private Value sum(List<Value> terms) {
    Value a = terms.get(0);
    Value b = terms.get(1);
    return draws.coin()
        ? new Value("(" + a.text() + "+" + b.text() + ")", a.number() + b.number())
        : new Value("(" + a.text() + "-" + b.text() + ")", a.number() - b.number());
  }

  /** By a small number only, on either side. */
  private Value product() {
    Value value = operands(1).get(0);
    long small = draws.upTo(4L * length);
    String text =
        draws.coin()
            ? "(" + value.text() + "*" + small + ")"
            : "(" + small + "*" + value.text() + ")";
    return new Value(text, value.number() * small);
  }

  private Value variable() {
    List<Value> values = operands(2);
    String name = assign(values.get(0));
    return sum(List.of(new Value(name, values.get(0).number()), values.get(1)));
  }

  private Value loop() {
    List<Value> values = operands(2);
    String name = assign(values.get(0));
    long times = draws.upTo(4L * length);
    boolean adds = draws.coin();
    lines
        .append("for x in range(")
        .append(times)
        .append("):")
        .append(name)
        .append(adds ? "+=" : "-=")
        .append(values.get(1).text())
        .append(LINE_END);
    long change = times * values.get(1).number();
    return new Value(name, values.get(0).number() + (adds ? change : -change));
  }

  private String assign(Value value) {
    String name = names.remove(0);
    lines.append(name).append('=').append(value.text()).append(LINE_END);
    return name;
  }

  private Value choice(List<Value> values) {
    boolean greater = draws.coin();
    long a = values.get(1).number();
    long b = values.get(2).number();
    String condition = values.get(1).text() + (greater ? ">" : "<") + values.get(2).text();
    String text =
        "(" + values.get(0).text() + " if " + condition + " else " + values.get(3).text() + ")";
    boolean first = greater ? a > b : a < b;
    return new Value(text, (first ? values.get(0) : values.get(3)).number());
  }
}

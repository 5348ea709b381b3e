package io.unroll.dataprep.generate;

import java.util.HashMap;
import java.util.Map;

/** Runs the small part of Python that generated programs are written in, to check their answers. */
final class Interpreter {
  private final Map<Character, Long> variables = new HashMap<>();
  private String line = "";
  private int place;

  /** What a program prints. */
  static long run(String program) {
    Interpreter interpreter = new Interpreter();
    String[] lines = program.split("#", -1); // the last is empty
    int last = lines.length - 2;
    for (int x = 0; x < last; x++) {
      interpreter.execute(lines[x]);
    }
    String print = lines[last];
    return interpreter.value(print.substring("print(".length(), print.length() - 1));
  }

  private void execute(String statement) {
    if (statement.startsWith("for x in range(")) {
      int close = statement.indexOf("):");
      long times = Long.parseLong(statement.substring("for x in range(".length(), close));
      for (long x = 0; x < times; x++) {
        execute(statement.substring(close + 2));
      }
      return;
    }
    char name = statement.charAt(0);
    switch (statement.charAt(1)) {
      case '=' -> variables.put(name, value(statement.substring(2)));
      case '+' -> variables.merge(name, value(statement.substring(3)), Long::sum);
      default -> variables.merge(name, value(statement.substring(3)), (a, b) -> a - b);
    }
  }

  private long value(String expression) {
    line = expression;
    place = 0;
    long value = next();
    if (place != line.length()) {
      throw new IllegalArgumentException(expression);
    }
    return value;
  }

  private long next() {
    char first = line.charAt(place);
    if (Character.isLetter(first)) {
      place++;
      return variables.get(first);
    }
    return first == '(' ? inParentheses() : number();
  }

  private long number() {
    int from = place;
    while (place < line.length() && Character.isDigit(line.charAt(place))) {
      place++;
    }
    return Long.parseLong(line.substring(from, place));
  }

  private long inParentheses() {
    place++;
    long a = next();
    long result;
    if (line.startsWith(" if ", place)) {
      result = choice(a);
    } else {
      char operator = line.charAt(place++);
      long b = next();
      result = operator == '+' ? a + b : operator == '-' ? a - b : a * b;
    }
    if (line.charAt(place++) != ')') {
      throw new IllegalArgumentException(line);
    }
    return result;
  }

  private long choice(long a) {
    place += " if ".length();
    long left = next();
    boolean greater = line.charAt(place++) == '>';
    long right = next();
    place += " else ".length();
    long b = next();
    return (greater ? left > right : left < right) ? a : b;
  }
}

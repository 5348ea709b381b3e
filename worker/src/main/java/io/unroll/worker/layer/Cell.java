package io.unroll.worker.layer;

/** The recurrent cells, with their name in configuration files and the size of what they keep. */
public enum Cell {
  /** Vanilla RNN: h = tanh(W_ih x + b_ih + W_hh h' + b_hh). */
  RNN("rnn", 1, 1),
  /** LSTM with forget gate; gate order i, f, g, o; state h and c. */
  LSTM("lstm", 4, 2),
  /** GRU, reset before the product; gate order r, z, n; h = (1-z) h' + z n (Cho 2014). */
  GRU("gru", 3, 1),
  /** GRU, reset after the product; gate order r, z, n; h = (1-z) n + z h' (cuDNN, PyTorch). */
  GRU_RESET_AFTER("gru-reset-after", 3, 1);

  private final String key;
  private final int gates;
  private final int states;

  Cell(String key, int gates, int states) {
    this.key = key;
    this.gates = gates;
    this.states = states;
  }

  /** Name in configuration files and in {@code model.json}. */
  public String key() {
    return key;
  }

  /** Blocks of H rows in the weight matrices. */
  public int gates() {
    return gates;
  }

  /** Vectors of H numbers carried from step to step: 1 (h) or 2 (h, c). */
  public int states() {
    return states;
  }

  /**
   * The cell of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Cell of(String key) {
    for (Cell cell : values()) {
      if (cell.key.equals(key)) {
        return cell;
      }
    }
    throw new IllegalArgumentException(
        "Invalid model.cell: %s (expected rnn, lstm, gru or gru-reset-after)".formatted(key));
  }
}

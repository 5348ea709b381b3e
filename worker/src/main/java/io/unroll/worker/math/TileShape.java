package io.unroll.worker.math;

import java.util.List;

/**
 * The sizes of the main tile that are worth trying. Which of them is the fastest depends on the
 * processor's registers and on how well the JIT compiler uses them: see {@link TileChoice}.
 */
enum TileShape {
  EIGHT_BY_THREE(8, 3),
  EIGHT_BY_TWO(8, 2),
  FOUR_BY_TWO(4, 2);

  /** Bits of the widest vectors of x86; with them come 32 registers instead of 16. */
  private static final int WIDEST = 512;

  /** Rows of the tiles at the lower edge, some of them unused. */
  private static final int FEW = 4;

  private final int rows;
  private final int vectors;

  TileShape(int rows, int vectors) {
    this.rows = rows;
    this.vectors = vectors;
  }

  /**
   * Those whose accumulators and operands fit into the registers, the likely best first.
   *
   * @param vectorBits of the vectors in use
   * @param architecture as {@code os.arch} has it
   */
  static List<TileShape> candidates(int vectorBits, String architecture) {
    boolean manyRegisters = vectorBits == WIDEST || architecture.equals("aarch64");
    return manyRegisters ? List.of(EIGHT_BY_THREE, EIGHT_BY_TWO) : List.of(FOUR_BY_TWO);
  }

  /** Rows of the main tile. */
  int rows() {
    return rows;
  }

  /** Vectors of columns of the main tile, and of a panel. */
  int vectors() {
    return vectors;
  }

  /** Rows of the next tile where so many are left: those of the main tile, else 4, for one 1. */
  int rows(int left) {
    if (left >= rows) {
      return rows;
    }
    return left == 1 ? 1 : FEW;
  }

  /** How many of m rows lie in tiles that have no unused row. */
  int rowsThatFillTiles(int m) {
    return m % FEW <= 1 ? m : m - m % FEW;
  }

  /** The tile of so many rows (8, 4 or 1) and vectors of columns (1 to 3). */
  static Tile tile(int rows, int vectors) {
    return switch (rows) {
      case 8 ->
          choose(vectors, TilesOfEight::tile8x1, TilesOfEight::tile8x2, TilesOfEight::tile8x3);
      case 4 -> choose(vectors, TilesOfFour::tile4x1, TilesOfFour::tile4x2, TilesOfFour::tile4x3);
      default -> choose(vectors, TilesOfOne::tile1x1, TilesOfOne::tile1x2, TilesOfOne::tile1x3);
    };
  }

  private static Tile choose(int vectors, Tile one, Tile two, Tile three) {
    return vectors == 1 ? one : vectors == 2 ? two : three;
  }

  /** As in logs: 8x3. */
  @Override
  public String toString() {
    return rows + "x" + vectors;
  }
}

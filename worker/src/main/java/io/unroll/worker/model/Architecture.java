package io.unroll.worker.model;

import io.unroll.worker.layer.Embedding;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.parallel.Cores;
import java.io.Serializable;
import java.util.Map;

/** The shape of a model: what it is made of, and so where its parameters lie. */
public sealed interface Architecture extends Serializable
    permits LanguageArchitecture, LabelerArchitecture, EncoderDecoderArchitecture {
  /**
   * The tensors of such a model.
   *
   * @throws ArithmeticException if it would have 2^31 parameters or more
   */
  ParameterLayout layout();

  /**
   * Allocates a model without parameters.
   *
   * @param maxTime largest T of a window
   * @param maxBatch largest B of a window
   * @param cores that it computes on
   * @throws IllegalArgumentException if either is below 1
   */
  Model model(int maxTime, int maxBatch, Cores cores);

  /** Floats of state that one sequence carries from window to window; may be 0. */
  int stateSize();

  /** The recurrent layers. */
  Stack stack();

  /** The sizes of the vocabularies that its ids refer to. */
  Map<Column, Integer> vocabularySizes();

  /** Numbers of each vector that is read; 0 where tokens are read. */
  int vectorSize();

  /** Name of the tensor whose rows are the vectors of the tokens that are read, if any are. */
  default String tokenVectors() {
    return Embedding.TENSOR;
  }

  /** What a model drops while it trains. */
  Dropouts dropout();
}

package io.unroll.dataprep.images;

/** A network that turns pictures into vectors. Belongs to one thread. */
public interface ImageNetwork extends AutoCloseable {
  /** What it reads. */
  NetworkInput input();

  /**
   * The vectors of some pictures.
   *
   * @param pictures one after the other, each as {@link NetworkInput#order} has it; not modified
   * @throws io.unroll.dataprep.DataException if the network cannot be computed with them
   */
  NetworkOutput run(float[] pictures, PictureSize size, int count);

  @Override
  void close();
}

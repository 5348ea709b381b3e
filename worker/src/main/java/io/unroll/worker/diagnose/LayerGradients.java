package io.unroll.worker.diagnose;

import io.unroll.worker.layer.RecurrentTensors;
import io.unroll.worker.layer.Saturation;
import java.util.List;

/**
 * What one recurrent layer showed.
 *
 * @param place of the layer in its stack
 * @param norms of each sequence: element d is the L2 norm of dL/dh after the step that the layer
 *     does d steps before its last one; as many as there are steps, or were asked for
 * @param saturation of its gates, over all steps of all sequences
 */
public record LayerGradients(RecurrentTensors place, List<double[]> norms, Saturation saturation) {}

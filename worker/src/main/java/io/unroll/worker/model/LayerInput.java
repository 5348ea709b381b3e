package io.unroll.worker.model;

/** What a recurrent layer can read: tokens by their embedding, or what another layer puts out. */
sealed interface LayerInput permits Embedding, Signal {}

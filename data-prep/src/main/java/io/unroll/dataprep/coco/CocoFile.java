package io.unroll.dataprep.coco;

import io.unroll.dataprep.source.SourceFile;
import java.io.Serializable;

/**
 * A caption file among others.
 *
 * @param imagesBefore images in the files before it
 * @param captionsBefore captions in the files before it
 */
record CocoFile(SourceFile source, int index, long imagesBefore, long captionsBefore)
    implements Serializable {}

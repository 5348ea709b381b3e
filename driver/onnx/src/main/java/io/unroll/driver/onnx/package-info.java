/** What ONNX Runtime computes: networks that read pictures, and the graphs of models. */
package io.unroll.driver.onnx;

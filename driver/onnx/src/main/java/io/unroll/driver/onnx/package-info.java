/** Networks in ONNX, computed by ONNX Runtime. */
package io.unroll.driver.onnx;

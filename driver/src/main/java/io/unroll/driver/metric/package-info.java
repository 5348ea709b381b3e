/** Measures of text that was generated, beside what people wrote. Pure functions; no Spark. */
package io.unroll.driver.metric;

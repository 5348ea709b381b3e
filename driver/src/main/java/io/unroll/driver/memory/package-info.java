/** What fits into memory, told before it is allocated. */
package io.unroll.driver.memory;

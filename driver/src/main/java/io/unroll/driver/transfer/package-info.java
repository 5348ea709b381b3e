/**
 * What travels between tasks and the driver, with a CRC-32C of its bytes that its receiver checks:
 * exactness rests neither on the disks and networks in between nor on Spark's compression. On both
 * sides of the cluster.
 */
package io.unroll.driver.transfer;

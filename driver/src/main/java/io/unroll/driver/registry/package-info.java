/**
 * The registry of models: folders of versions, and files that say which of them is in service. The
 * promise is that the champion is a whole model at any time, whatever is killed or runs full.
 */
package io.unroll.driver.registry;

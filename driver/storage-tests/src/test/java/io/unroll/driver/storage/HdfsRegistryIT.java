package io.unroll.driver.storage;

import java.nio.file.Path;

/** A registry on HDFS. */
class HdfsRegistryIT extends RegistryOnStoreContract {
  @Override
  StoreServer server(Path folder) {
    return new HdfsServer(folder);
  }
}

package io.unroll.driver.storage;

import java.nio.file.Path;

/** A registry on S3. */
class S3RegistryIT extends RegistryOnStoreContract {
  @Override
  StoreServer server(Path folder) {
    return new S3Server(folder);
  }
}

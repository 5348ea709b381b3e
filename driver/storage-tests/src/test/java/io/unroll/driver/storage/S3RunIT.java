package io.unroll.driver.storage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.junit.jupiter.api.Test;

/** Runs on S3. */
class S3RunIT extends RunOnStoreContract {
  /** Refuses what an object store does badly. */
  public static final class WithoutRename extends S3AFileSystem {
    @Override
    public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
        throws IOException {
      throw new IOException("Renaming is refused: %s to %s".formatted(from, to));
    }
  }

  @Override
  StoreServer server(Path folder) {
    return new S3Server(folder);
  }

  @Override
  Map<String, String> withoutRename() {
    return Map.of("fs.s3a.impl", WithoutRename.class.getName());
  }

  @Test
  void theSecretKeyIsInNoFileAndNoMessage() throws Exception {
    List<String> outputs = new ArrayList<>();
    List<String> command = new ArrayList<>(train("secret"));
    command.add("--training.max-rounds=3");
    outputs.add(start(server().settings(), command).await(0));
    try (StoredRun run = run("secret")) {
      for (org.apache.hadoop.fs.Path file : run.all()) {
        assertFalse(
            new String(run.bytes(file), ISO_8859_1).contains(S3Server.SECRET), file::toString);
      }
    }
    Map<String, String> wrong = new HashMap<>(server().settings());
    wrong.put("fs.s3a.access.key", "nobody");
    outputs.add(start(wrong, command).await(1)); // the server refuses to show the dataset
    for (String output : outputs) {
      assertFalse(output.contains(S3Server.SECRET), output);
    }
  }
}

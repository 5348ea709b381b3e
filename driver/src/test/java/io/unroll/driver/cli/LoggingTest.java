package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;

/** What the log shows of names that others gave to files and tensors. */
class LoggingTest {
  @Test
  void aNameCommandsNoTerminalAndForgesNoLine() throws Exception {
    String name = "tensor \u001b[2J\r\n12:00:00 ERROR forged\u202e\u0007";
    String line = layout().toSerializable(event(name));
    assertEquals(
        "WARN  Reader: tensor \\x1b[2J\\r\\n12:00:00 ERROR forged??",
        line.substring("HH:mm:ss ".length()).stripTrailing());
    assertEquals(1, line.lines().count());
  }

  private static PatternLayout layout() throws Exception {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(Path.of("../conf/log4j2.properties"))) {
      properties.load(in);
    }
    return PatternLayout.newBuilder()
        .withPattern(properties.getProperty("appender.console.layout.pattern"))
        .withAlwaysWriteExceptions(false)
        .build();
  }

  private static Log4jLogEvent event(String message) {
    return Log4jLogEvent.newBuilder()
        .setLoggerName("io.unroll.Reader")
        .setLevel(Level.WARN)
        .setMessage(new SimpleMessage(message))
        .build();
  }
}

package io.unroll.dataprep.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {

  @ParameterizedTest
  @CsvSource({
    "ftp://me:s3cret@host/x, ftp://***@host/x",
    "s3a://KEY:s3/cret@bucket/x, s3a://***@bucket/x",
    "s3a://KEY:12/s3cret@bucket/x, s3a://***@bucket/x",
    "s3a://KEY:12345/s3/cret/@bucket, s3a://***@bucket",
    "S3N://KEY:1/s3cret@bucket, S3N://***@bucket",
    "s3a://KEY%3As3/cret@bucket/x, s3a://***@bucket/x",
    "s3a://KEY%3as3cret@bucket/x, s3a://***@bucket/x",
    "s3a://KEY%253As3cret@bucket/x, s3a://***@bucket/x",
    "ftp://me%3As3cret@host:21/x, ftp://***@host:21/x",
    "s3a://KEY:s3cret, s3a://***",
    "https://host/x?X-Amz-Signature=s3cret, https://host/x?X-Amz-Signature=***",
    "https://host/x?a=1&X-Amz-Credential=s3/cret&b=2, https://host/x?a=1&X-Amz-Credential=***&b=2",
    "https://host/x?x-amz-security-token=s3cret, https://host/x?x-amz-security-token=***",
    "https://host/x?X-Goog-Signature=s3cret, https://host/x?X-Goog-Signature=***",
    "wasbs://host/x?sv=1&sig=s3cret%3D, wasbs://host/x?sv=1&sig=***",
    "https://host/x?AWSAccessKeyId=s3cret&Signature=s3cret, https://host/x?AWSAccessKeyId=***&Signature=***",
    "https://host/x?access_token=s3cret, https://host/x?access_token=***",
    "https://host/x%3Ftoken%3Ds3cret, https://host/x%3Ftoken%3D***",
  })
  void secretsAreFoundAndHidden(String address, String hidden) {
    assertTrue(Credentials.areIn(address));
    assertEquals(hidden, Credentials.hiddenIn(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hdfs://host:8020/user/me@home/data",
        "hdfs://host:8020",
        "hdfs://me@host/data",
        "abfss://container@account.dfs.core.windows.net/data",
        "s3a://bucket/a:b@c",
        "s3a://bucket/part=1?2&sign=3",
        "file:///data/12:30@home",
        "https://host/x?signatures=2",
        "/data/a:b@c",
        "/data/why?token=5",
        "spark://master:7077,other:7077",
      })
  void addressesWithoutSecretsAreLeftAlone(String address) {
    assertFalse(Credentials.areIn(address));
  }

  @Test
  void messagesKeepTheirWords() {
    for (String message :
        new String[] {
          "Cannot open s3a://bucket: it does not exist (ask me@home)",
          "Cannot reach hdfs://host:8020/a: no answer; write to me@home",
          "Invalid sample.prompt: token=5",
        }) {
      assertEquals(message, Credentials.hiddenIn(message));
    }
  }

  @Test
  void everyLineOfATraceIsHidden() {
    String trace =
        """
        java.io.IOException: Cannot open s3a://KEY:9/s3cret@bucket/x
        \tat Some.method(Some.java:1)
        Caused by: java.net.URISyntaxException: in 's3a://KEY%3As3cret@bucket/x'
        Caused by: 403 for https://host/x?X-Amz-Signature=s3cret&X-Amz-Date=1
        """;
    assertEquals(
        """
        java.io.IOException: Cannot open s3a://***@bucket/x
        \tat Some.method(Some.java:1)
        Caused by: java.net.URISyntaxException: in 's3a://***@bucket/x'
        Caused by: 403 for https://host/x?X-Amz-Signature=***&X-Amz-Date=1
        """,
        Credentials.hiddenIn(trace));
  }
}

package io.unroll.driver.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class AlignmentPictureTest {
  private static Document svg(AlignmentPicture picture) throws Exception {
    byte[] bytes = picture.toSvg().getBytes(StandardCharsets.UTF_8);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(bytes));
  }

  @Test
  void hasASquareForEachPairWithItsWeight() throws Exception {
    float[][] weights = {{0.75f, 0.25f, 0f}, {0.125f, 0.125f, 0.75f}};
    NodeList squares =
        svg(new AlignmentPicture(List.of("ein", "<b>", "&"), List.of("a", "hund \"x\""), weights))
            .getElementsByTagName("rect");
    assertEquals(1 + 6, squares.getLength());
    for (int x = 0; x < 6; x++) {
      Element square = (Element) squares.item(1 + x);
      assertEquals(
          weights[x / 3][x % 3], Float.parseFloat(square.getAttribute("fill-opacity")), 1e-3);
    }
    Element second = (Element) squares.item(2);
    assertEquals("a, <b>: 25.0 %", second.getTextContent());
  }

  @Test
  void namesRowsAndColumns() throws Exception {
    NodeList names =
        svg(new AlignmentPicture(List.of("zwei"), List.of("two", "2"), new float[][] {{1}, {1}}))
            .getElementsByTagName("text");
    assertEquals(4, names.getLength());
    assertTrue(names.item(0).getTextContent().startsWith("rows: written"));
    assertEquals("zwei", names.item(1).getTextContent());
    assertEquals("two", names.item(2).getTextContent());
    assertEquals("2", names.item(3).getTextContent());
  }

  @Test
  void aNarrowPictureHasRoomForItsExplanation() throws Exception {
    Document svg = svg(new AlignmentPicture(List.of("a"), List.of("b"), new float[][] {{1}}));
    int width = Integer.parseInt(svg.getDocumentElement().getAttribute("width"));
    assertTrue(width > 320, () -> "it has " + width);
  }
}

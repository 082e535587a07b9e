package broadsheet.article.media.imaging;

import static broadsheet.article.media.imaging.TestImages.first;
import static broadsheet.article.media.imaging.TestImages.joined;
import static broadsheet.article.media.imaging.TestImages.rest;
import static broadsheet.article.media.imaging.TestImages.withChunk;
import static broadsheet.article.media.imaging.TestImages.withExif;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import broadsheet.article.media.imaging.UnusableImageException.Reason;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageConverterTests {

    private static final ImageLimits LIMITS =
            new ImageLimits(2_000_000, List.of(100, 200, 400), Duration.ofSeconds(30));

    private final ImageConverter converter = new ImageConverter(LIMITS);

    @Test
    void aPictureBecomesAllSizesThatItIsLargeEnoughFor() throws IOException {
        var image = converter.convert(TestImages.jpeg(600, 300));
        assertThat(image.width()).isEqualTo(400);
        assertThat(image.height()).isEqualTo(200);
        assertThat(image.sizes())
                .extracting(size -> size.width() + "x" + size.height() + " " + size.type())
                .containsExactly(
                        "100x50 JPEG", "100x50 WEBP", "200x100 JPEG", "200x100 WEBP", "400x200 JPEG", "400x200 WEBP");
        for (EncodedSize size : image.sizes()) {
            BufferedImage shown = TestImages.decoded(size.bytes());
            assertThat(shown.getWidth()).isEqualTo(size.width());
            assertThat(shown.getHeight()).isEqualTo(size.height());
            assertThat(isRed(shown, 0.25)).as("left of %s", size).isTrue();
            assertThat(isBlue(shown, 0.75)).as("right of %s", size).isTrue();
        }
    }

    @Test
    void aSmallPictureStaysAsLargeAsItIs() {
        var image = converter.convert(TestImages.jpeg(150, 30));
        assertThat(image.sizes())
                .extracting(EncodedSize::width)
                .contains(100, 150)
                .doesNotContain(200, 400);
        assertThat(converter.convert(TestImages.png(1, 1)).sizes())
                .extracting(EncodedSize::width)
                .containsOnly(1);
    }

    @Test
    void theSamePictureHasTheSameId() {
        byte[] file = TestImages.jpeg(300, 200);
        assertThat(converter.convert(file).id())
                .isEqualTo(converter.convert(withExif(file, 1)).id())
                .matches("[0-9a-f]{64}")
                .isNotEqualTo(converter.convert(TestImages.jpeg(302, 200)).id());
    }

    @ParameterizedTest
    @CsvSource({
        "1, 80x40, 0, 0", "2, 80x40, 1, 0", "3, 80x40, 1, 1", "4, 80x40, 0, 1",
        "5, 40x80, 0, 0", "6, 40x80, 1, 0", "7, 40x80, 1, 1", "8, 40x80, 0, 1"
    })
    void howTheCameraWasHeldIsUndone(int orientation, String size, int right, int bottom) throws IOException {
        int[] argb = new int[80 * 40];
        for (int n = 0; n < argb.length; n++) {
            argb[n] = n % 80 < 20 && n / 80 < 20 ? 0xffffffff : 0xff000000; // white in the first corner
        }
        byte[] file = ImageEncoder.jpeg(new Pixels(80, 40, argb));
        var image = converter.convert(withExif(file, orientation));
        assertThat(image.width() + "x" + image.height()).isEqualTo(size);
        BufferedImage shown = TestImages.decoded(image.sizes().get(0).bytes());
        for (int x = 0; x <= 1; x++) {
            for (int y = 0; y <= 1; y++) {
                int rgb = shown.getRGB(5 + x * (shown.getWidth() - 10), 5 + y * (shown.getHeight() - 10));
                assertThat((rgb & 0xff) > 128).as("white at %s, %s", x, y).isEqualTo(x == right && y == bottom);
            }
        }
    }

    @Test
    void nothingOfTheFileIsPassedOnButThePicture() {
        byte[] script = "<script>alert(1)</script>".getBytes(UTF_8);
        byte[] camera = joined(withExif(TestImages.jpeg(300, 200), 6), script);
        byte[] drawing = joined(
                withChunk(withChunk(TestImages.png(300, 200), "tEXt", script), "eXIf", TestImages.tiff(1)), script);
        for (byte[] file : List.of(camera, drawing)) {
            assertThat(new String(file, ISO_8859_1)).contains("52.5200 N", "<script>");
            for (EncodedSize size : converter.convert(file).sizes()) {
                assertThat(new String(size.bytes(), ISO_8859_1))
                        .doesNotContain("52.5200 N", "<script>", "Exif", "tEXt");
            }
        }
    }

    @Test
    void aDrawingStaysExactAndSeeThroughPartsStaySo() throws IOException {
        int[] argb = new int[300 * 100];
        Arrays.fill(argb, 0xff336699);
        var drawing = converter.convert(ImageEncoder.png(new Pixels(300, 100, argb), true));
        assertThat(drawing.sizes()).extracting(EncodedSize::type).doesNotContain(ImageType.JPEG);
        assertThat(TestImages.decoded(drawing.sizes().get(0).bytes()).getRGB(20, 20))
                .isEqualTo(0xff336699);

        Arrays.fill(argb, 0, argb.length / 2, 0x40ff0000);
        var glass = converter.convert(ImageEncoder.png(new Pixels(300, 100, argb), false));
        for (EncodedSize size : glass.sizes()) {
            int pixel = TestImages.decoded(size.bytes()).getRGB(size.width() / 2, 2);
            assertThat(pixel >>> 24).as("alpha of %s", size).isBetween(0x38, 0x48);
            assertThat((pixel >> 16) & 0xff).as("red of %s", size).isGreaterThan(240);
        }
    }

    @Test
    void ofAGifTheFirstFrameIsTakenAndAWebPIsRead() throws IOException {
        assertThat(converter.convert(TestImages.gif(300, 200)).width()).isEqualTo(300);
        byte[] webP = webP(TestImages.redAndBlue(300, 200));
        var image = converter.convert(webP);
        assertThat(image.width()).isEqualTo(300);
        assertThat(isRed(TestImages.decoded(image.sizes().get(0).bytes()), 0.25))
                .isTrue();
    }

    @Test
    void whereTheWebPLibraryDoesNotLoadThereIsNone() {
        var without = new ImageConverter(LIMITS, WebPEncoder.none());
        assertThat(without.convert(TestImages.jpeg(300, 200)).sizes())
                .extracting(EncodedSize::type)
                .containsOnly(ImageType.JPEG);
    }

    @Test
    void greyStaysAsDarkAsItWas() throws IOException {
        var grey = new BufferedImage(60, 60, BufferedImage.TYPE_BYTE_GRAY);
        for (int n = 0; n < 3_600; n++) {
            grey.getRaster().setSample(n % 60, n / 60, 0, 128);
        }
        var image = converter.convert(encoded(grey, "jpeg"));
        assertThat(TestImages.decoded(image.sizes().get(0).bytes()).getRaster().getSample(30, 30, 0))
                .isBetween(124, 132);
    }

    @Test
    void whatPrintersSendIsRead() throws IOException {
        byte[] cmyk = requireResource("cmyk.jpg");
        var image = converter.convert(cmyk);
        BufferedImage shown = TestImages.decoded(image.sizes().get(0).bytes());
        assertThat(isRed(shown, 0.25)).isTrue();
    }

    @Test
    void coloursOfAnotherProfileBecomeThoseOfTheWeb() throws IOException {
        var linear = new ICC_ColorSpace(ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB));
        var pixels = new Pixels(4, 4, new int[16]);
        Arrays.fill(pixels.argb(), 0x80373737);
        int converted = ColorProfiles.toSrgb(pixels, linear).argb()[5];
        assertThat(converted >>> 24).isEqualTo(0x80);
        assertThat(converted & 0xff).as("a linear 0x37").isBetween(0x78, 0x84);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
                "<!doctype html><script>alert(1)</script>",
                "%PDF-1.7",
                "II*\0 a TIFF",
                "BM a bitmap",
                "GIF",
                ""
            })
    void anythingButAPictureIsUnsupported(String file) {
        assertRefused(file.getBytes(ISO_8859_1), Reason.UNSUPPORTED);
    }

    @Test
    void aFileWhoseHeaderClaimsTooMuchIsNotDecoded() {
        assertRefused(TestImages.pngBomb(50_000, 50_000), Reason.TOO_LARGE);
        assertRefused(TestImages.pngBomb(16_000, 200), Reason.TOO_LARGE);
        assertRefused(TestImages.pngBomb(2, 17_000), Reason.TOO_LARGE);
        byte[] jpeg = TestImages.jpeg(40, 20);
        for (int n = 0; n + 9 < jpeg.length; n++) {
            if (jpeg[n] == (byte) 0xff && jpeg[n + 1] == (byte) 0xc2) {
                jpeg[n + 5] = 0x3f;
                jpeg[n + 7] = 0x3f;
            }
        }
        assertRefused(jpeg, Reason.TOO_LARGE);
    }

    @Test
    void aFrameThatIsLargerThanItsFileSaysIsNotDecoded() {
        byte[] webP = webP(TestImages.redAndBlue(30, 20));
        int frame = new String(webP, ISO_8859_1).indexOf("VP8 ") + 8;
        webP[frame + 7] |= 0x3f;
        webP[frame + 9] |= 0x3f;
        byte[] extended = joined(
                first(webP, 12), "VP8X\n\0\0\0\0\0\0\0\u001d\0\0\u0013\0\0".getBytes(ISO_8859_1), rest(webP, 12));
        assertRefused(extended, Reason.TOO_LARGE);
    }

    @Test
    void textThatUnpacksToGigabytesIsNotUnpacked() {
        byte[] bomb = joined("note\0\0".getBytes(ISO_8859_1), TestImages.deflatedZeros(1L << 30));
        byte[] file = withChunk(withChunk(palettePng(), "zTXt", bomb), "iCCP", bomb);
        assertThat(PngChunks.of(file).picture()).isEqualTo(palettePng());
        assertThat(converter.convert(file).width()).isEqualTo(60);
    }

    @Test
    void aPictureOfManyScansIsNotDecoded() {
        byte[] jpeg = TestImages.jpeg(40, 20);
        int scan = new String(jpeg, ISO_8859_1).lastIndexOf("\u00ff\u00da");
        byte[] again = Arrays.copyOfRange(jpeg, scan, jpeg.length - 2);
        var many = new ByteArrayOutputStream();
        many.write(jpeg, 0, jpeg.length - 2);
        for (int n = 0; n < 100; n++) {
            many.writeBytes(again);
        }
        many.writeBytes(rest(jpeg, jpeg.length - 2));
        assertRefused(many.toByteArray(), Reason.TOO_LARGE);
    }

    @Test
    void whatTakesTooLongIsGivenUp() {
        var impatient =
                new ImageConverter(new ImageLimits(2_000_000, List.of(100), Duration.ofNanos(1)), WebPEncoder.none());
        assertThatThrownBy(() -> impatient.convert(TestImages.png(900, 900)))
                .isInstanceOfSatisfying(
                        UnusableImageException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
    }

    @Test
    void aFileThatEndsEarlyIsBroken() throws IOException {
        for (byte[] file : List.of(
                TestImages.jpeg(200, 100),
                TestImages.png(200, 100),
                TestImages.gif(200, 100),
                webP(TestImages.redAndBlue(200, 100)))) {
            assertRefused(first(file, file.length / 2), Reason.BROKEN);
            assertRefused(first(file, 16), Reason.BROKEN);
        }
    }

    /** Whatever is in a file, nothing else comes out than a picture or a refusal. */
    @Test
    void damagedFilesAreReadOrRefused() throws IOException {
        var random = new Random(11);
        List<byte[]> files = List.of(
                withExif(TestImages.jpeg(60, 40), 3),
                TestImages.png(60, 40),
                palettePng(),
                TestImages.gif(60, 40),
                webP(TestImages.redAndBlue(60, 40)));
        for (int n = 0; n < 500; n++) {
            byte[] file = files.get(n % files.size()).clone();
            for (int change = 0; change <= n % 5; change++) {
                file[random.nextInt(file.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(converter.convert(file).width()).isPositive();
            } catch (UnusableImageException refused) {
                assertThat(refused).hasMessageContaining("T").hasMessageNotContaining("Exception");
            }
        }
    }

    private void assertRefused(byte[] file, Reason reason) {
        assertThatThrownBy(() -> converter.convert(file))
                .isInstanceOfSatisfying(
                        UnusableImageException.class,
                        e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason));
    }

    private static byte[] palettePng() {
        var image = new BufferedImage(60, 40, BufferedImage.TYPE_BYTE_INDEXED);
        image.setRGB(5, 5, 0xffff0000);
        try {
            return encoded(image, "png");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] webP(Pixels pixels) {
        return WebPEncoder.load().encode(pixels, true, false).orElseThrow();
    }

    private static byte[] encoded(BufferedImage image, String format) throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, format, bytes);
        return bytes.toByteArray();
    }

    private static byte[] requireResource(String name) throws IOException {
        try (var resource = ImageConverterTests.class.getResourceAsStream(name)) {
            assertThat(resource).as(name).isNotNull();
            return resource.readAllBytes();
        }
    }

    private static boolean isRed(BufferedImage image, double part) {
        int rgb = image.getRGB((int) (image.getWidth() * part), image.getHeight() / 2);
        return ((rgb >> 16) & 0xff) > 150 && (rgb & 0xff) < 100;
    }

    private static boolean isBlue(BufferedImage image, double part) {
        int rgb = image.getRGB((int) (image.getWidth() * part), image.getHeight() / 2);
        return (rgb & 0xff) > 150 && ((rgb >> 16) & 0xff) < 100;
    }
}

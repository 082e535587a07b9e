package broadsheet.article.media.imaging;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Makes of a file in any format the sizes in which readers get its picture. It is decoded and encoded anew, so that nothing
 * else that was in the file is passed on: no place where it was taken, no second file behind the first.
 */
public final class ImageConverter {

    private final ImageLimits limits;
    private final ImageDecoder decoder;
    private final WebPEncoder webP;

    public ImageConverter(ImageLimits limits) {
        this(limits, WebPEncoder.load());
    }

    ImageConverter(ImageLimits limits, WebPEncoder webP) {
        this.limits = limits;
        this.decoder = new ImageDecoder(limits);
        this.webP = webP;
    }

    /**
     * Takes a second or so for each ten million pixels, and up to 200 MiB.
     *
     * @throws UnusableImageException where no picture can be made of the file
     */
    public ConvertedImage convert(byte[] file) {
        InputFormat format = InputFormat.of(file)
                .orElseThrow(() -> new UnusableImageException(
                        UnusableImageException.Reason.UNSUPPORTED,
                        "The file is none of the pictures that are taken: JPEG, PNG, GIF, WebP"));
        Pixels largest = decoder.decode(format, file);
        boolean opaque = largest.isOpaque();
        byte[] png = opaque && !format.isLossless() ? new byte[0] : ImageEncoder.png(largest, opaque);
        byte[] jpeg = opaque ? ImageEncoder.jpeg(largest) : new byte[0];
        boolean isPng = !opaque || (png.length > 0 && png.length <= jpeg.length);
        return sizes(largest, opaque, isPng ? ImageType.PNG : ImageType.JPEG, isPng ? png : jpeg);
    }

    private ConvertedImage sizes(Pixels largest, boolean opaque, ImageType type, byte[] encodedLargest) {
        var sizes = new ArrayList<EncodedSize>();
        for (int width : widths(largest.width())) {
            Pixels scaled = width == largest.width()
                    ? largest
                    : Downscaler.scale(
                            largest, width, Sides.scaled(largest.height(), (double) width / largest.width()));
            byte[] encoded = width == largest.width() ? encodedLargest : encoded(scaled, opaque, type);
            sizes.add(new EncodedSize(width, scaled.height(), type, encoded));
            webP.encode(scaled, opaque, opaque && type == ImageType.PNG)
                    .filter(smaller -> smaller.length < encoded.length)
                    .ifPresent(smaller -> sizes.add(new EncodedSize(width, scaled.height(), ImageType.WEBP, smaller)));
        }
        return new ConvertedImage(sha256(encodedLargest), largest.width(), largest.height(), List.copyOf(sizes));
    }

    private List<Integer> widths(int largest) {
        var widths = new ArrayList<>(
                limits.widths().stream().filter(width -> width < largest).toList());
        widths.add(largest);
        return widths;
    }

    private static byte[] encoded(Pixels pixels, boolean opaque, ImageType type) {
        return type == ImageType.PNG ? ImageEncoder.png(pixels, opaque) : ImageEncoder.jpeg(pixels);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

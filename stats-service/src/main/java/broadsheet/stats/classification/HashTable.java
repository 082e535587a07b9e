package broadsheet.stats.classification;

/**
 * A set of 64-bit hashes in one array (open addressing), with a number for each where numbers are put. It grows in small
 * steps, so that at least 73 % of the array are used, and 87 % once it is trimmed: a hash takes 9.2 to 11 bytes, its
 * number half of that.
 */
final class HashTable {

    private static final long EMPTY = 0;
    private static final int SMALLEST = 16;

    private final boolean numbered;
    private long[] hashes = new long[SMALLEST];
    private int[] numbers;
    private int size;

    HashTable(boolean numbered) {
        this.numbered = numbered;
        this.numbers = new int[numbered ? SMALLEST : 0];
    }

    boolean contains(long hash) {
        return hashes[slot(key(hash))] != EMPTY;
    }

    void add(long hash) {
        occupy(key(hash));
    }

    /** The number of a hash, 0 where it has none. */
    int number(long hash) {
        return numbers[slot(key(hash))];
    }

    void put(long hash, int number) {
        int slot = occupy(key(hash)); // may replace the array
        numbers[slot] = number;
    }

    /** Gives back what of the array is not used; to be called when nothing more is added. */
    void trim() {
        resize(Math.max(SMALLEST, (int) (size * 8L / 7) + 1));
    }

    private int occupy(long key) {
        int slot = slot(key);
        if (hashes[slot] == key) {
            return slot;
        }
        if (size >= hashes.length * 7L / 8) {
            resize(hashes.length + hashes.length / 5);
            slot = slot(key);
        }
        hashes[slot] = key;
        size++;
        return slot;
    }

    private void resize(int length) {
        long[] oldHashes = hashes;
        int[] oldNumbers = numbers;
        hashes = new long[length];
        numbers = new int[numbered ? length : 0];
        for (int old = 0; old < oldHashes.length; old++) {
            if (oldHashes[old] != EMPTY) {
                int slot = slot(oldHashes[old]);
                hashes[slot] = oldHashes[old];
                if (numbered) {
                    numbers[slot] = oldNumbers[old];
                }
            }
        }
    }

    /** Where the key is or would be. Slots are in the order of keys, so a resize reads and writes from front to back. */
    private int slot(long key) {
        int slot = (int) (((key >>> 32) * hashes.length) >>> 32);
        while (hashes[slot] != key && hashes[slot] != EMPTY) {
            slot = slot + 1 == hashes.length ? 0 : slot + 1;
        }
        return slot;
    }

    private static long key(long hash) {
        return hash == EMPTY ? 1 : hash;
    }
}

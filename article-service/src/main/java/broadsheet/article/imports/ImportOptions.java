package broadsheet.article.imports;

import broadsheet.article.imports.format.ImportFormat;

/**
 * What was asked for with a file.
 *
 * @param dryRun whether nothing is written but what would become of each article
 * @param alerts whether subscribers are told of articles that are public with it
 * @param fetchImages whether pictures of other sites become media
 * @param category the slug of the category of articles that name none
 */
record ImportOptions(ImportFormat format, boolean dryRun, boolean alerts, boolean fetchImages, String category) {}

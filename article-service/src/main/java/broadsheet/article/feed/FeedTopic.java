package broadsheet.article.feed;

import broadsheet.article.store.NewestArticles.About;

/**
 * What a feed is about.
 *
 * @param name the category's slug or the tag; empty for the site
 * @param title to stand before the name of the site; empty for the site
 * @param folder the path that its feeds are below, without a slash at its end
 * @param page the path of the page that shows the same articles
 */
record FeedTopic(About about, String name, String title, String folder, String page) {}

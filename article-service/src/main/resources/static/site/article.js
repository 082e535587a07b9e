// Counts the view once the page is seen, and keeps "Hits" up to date while it is.
(() => {
  const id = document.querySelector('[data-article]').dataset.article;
  const hits = document.getElementById('hits');
  const everyMillis = 3000;

  const onceSeen = (then) => {
    if (document.prerendering) {
      document.addEventListener('prerenderingchange', () => onceSeen(then), { once: true });
    } else if (document.visibilityState === 'visible') {
      then();
    } else {
      document.addEventListener('visibilitychange', () => onceSeen(then), { once: true });
    }
  };

  const count = () => {
    const from = new URLSearchParams();
    if (document.referrer) from.set('referrer', document.referrer);
    const alert = new URLSearchParams(location.search).get('alert') ?? ''; // of an alert's link
    if (/^[A-Za-z0-9._-]{1,100}$/.test(alert)) from.set('alert', alert);
    const query = from.toString() ? `?${from}` : '';
    fetch(`/api/articles/${id}/views${query}`, { method: 'POST', keepalive: true }).catch(() => {});
  };

  const refresh = async () => {
    if (document.visibilityState !== 'visible') return;
    try {
      const answer = await fetch(`/api/stats/hits?ids=${id}`);
      if (!answer.ok) return;
      const total = (await answer.json()).items[0]?.hits;
      if (total !== undefined && total >= Number(hits.dataset.hits ?? 0)) {
        hits.dataset.hits = total;
        hits.textContent = total;
      }
    } catch {
      // the next round may do better
    }
  };

  onceSeen(() => {
    count();
    setInterval(refresh, everyMillis);
  });
})();

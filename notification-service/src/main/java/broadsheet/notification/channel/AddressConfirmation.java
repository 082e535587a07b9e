package broadsheet.notification.channel;

import broadsheet.notification.subscription.Subscription;

/** Asks the owner of an e-mail address whether a subscription is theirs. */
public interface AddressConfirmation {

    /**
     * Begins to ask, within limits of how often. Neither its result nor its time tells anything of the address.
     *
     * @param token whose hash the subscription's confirmation has
     * @param network of whoever subscribed
     */
    void ask(Subscription pending, String token, String network);
}

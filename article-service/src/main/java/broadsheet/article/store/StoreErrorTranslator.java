package broadsheet.article.store;

import com.mongodb.MongoException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.support.PersistenceExceptionTranslator;
import org.springframework.data.mongodb.core.MongoExceptionTranslator;

/** StoreErrorTranslator as servers report them that keep MongoDB's documents in PostgreSQL: not under MongoDB's codes. */
public record StoreErrorTranslator(PersistenceExceptionTranslator others) implements PersistenceExceptionTranslator {

    public StoreErrorTranslator() {
        this(new MongoExceptionTranslator());
    }

    @Override
    public @Nullable DataAccessException translateExceptionIfPossible(RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof MongoException && message.contains("duplicate key value violates unique constraint")) {
            return new DuplicateKeyException(message, e);
        }
        if (e instanceof MongoException && message.contains("deadlock detected")) {
            return new CannotAcquireLockException(message, e);
        }
        return others.translateExceptionIfPossible(e);
    }
}

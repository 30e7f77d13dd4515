<?php
/**
 * What goes to the server after something was published, changed or taken away.
 *
 * @package Kashshaf
 */

defined( 'ABSPATH' ) || exit;

/**
 * Sends a post whenever it, or its comments, change. Publishing never waits for the server: an event of
 * WP-Cron does the sending, a moment later, and looks then at what the post has become. What fails is tried
 * again, less and less often, until it succeeds.
 */
class Kashshaf_Outbox {

	const ID            = '_kashshaf_id';
	const TRIES         = '_kashshaf_tries';
	const REFUSED       = '_kashshaf_refused';
	const FIRST_WAIT    = 30;
	const LONGEST_WAIT  = HOUR_IN_SECONDS;
	const MOST_DOUBLING = 7;
	const ARRIVES       = 0.3;

	/**
	 * True if this request has put something into the outbox.
	 *
	 * @var bool
	 */
	private static $has_news = false;

	/**
	 * Take up the hooks.
	 */
	public static function listen() {
		add_action( 'wp_after_insert_post', array( __CLASS__, 'post_changed' ), 10, 4 );
		add_action( 'before_delete_post', array( __CLASS__, 'post_deleted' ) );
		add_action( 'wp_insert_comment', array( __CLASS__, 'comment_changed' ) );
		add_action( 'edit_comment', array( __CLASS__, 'comment_changed' ) );
		add_action( 'wp_set_comment_status', array( __CLASS__, 'comment_changed' ) );
		add_action( 'trashed_comment', array( __CLASS__, 'comment_changed' ) );
		add_action( 'delete_comment', array( __CLASS__, 'comment_changed' ) );
		add_action( 'shutdown', array( __CLASS__, 'wake' ) );
		add_action( 'kashshaf_send', array( __CLASS__, 'send' ) );
		add_action( 'kashshaf_remove', array( __CLASS__, 'remove' ), 10, 2 );
	}

	/**
	 * A post was saved: one that readers see, or did see, is sent.
	 *
	 * @param int          $post_id Its id.
	 * @param WP_Post      $post    The post.
	 * @param bool         $update  True if it was there before.
	 * @param WP_Post|null $before  The post as it was.
	 */
	public static function post_changed( $post_id, $post, $update, $before ) {
		if ( Kashshaf_Article::is_public( $post ) || Kashshaf_Article::is_public( $before ) ) {
			self::put( $post_id );
		}
	}

	/**
	 * A post is about to be deleted for good: its id at the server would go with it.
	 *
	 * @param int $post_id Its id.
	 */
	public static function post_deleted( $post_id ) {
		$id = (string) get_post_meta( $post_id, self::ID, true );
		if ( '' !== $id ) {
			self::schedule( 'kashshaf_remove', array( $id, 0 ), 0 );
		}
	}

	/**
	 * A comment came, was approved, edited or taken away: its post is sent with all of them.
	 *
	 * @param int $comment_id Its id.
	 */
	public static function comment_changed( $comment_id ) {
		$comment = get_comment( $comment_id );
		$post_id = $comment ? (int) $comment->comment_post_ID : 0;
		if ( $post_id && Kashshaf_Article::is_public( get_post( $post_id ) ) ) {
			self::put( $post_id );
		}
	}

	/**
	 * Have a post sent soon, once a server is set; till then all wait for the button that sends everything.
	 *
	 * @param int $post_id Its id.
	 */
	public static function put( $post_id ) {
		if ( ! Kashshaf_Settings::server() ) {
			return;
		}
		delete_post_meta( $post_id, self::TRIES );
		wp_clear_scheduled_hook( 'kashshaf_send', array( (int) $post_id ) );
		self::schedule( 'kashshaf_send', array( (int) $post_id ), 0 );
	}

	/**
	 * Start WP-Cron once the request is done, rather than at the next visit; a run of it that has more to do goes on.
	 */
	public static function wake() {
		if ( defined( 'DISABLE_WP_CRON' ) && DISABLE_WP_CRON ) {
			return;
		}
		if ( self::$has_news && ! wp_doing_cron() ) {
			self::start_cron();
		} elseif ( wp_doing_cron() && self::is_due() ) {
			wp_remote_post( site_url( 'wp-cron.php' ), self::hurried( array( 'args' => array() ) )['args'] );
		}
	}

	/**
	 * Start WP-Cron, unless it runs.
	 */
	private static function start_cron() {
		if ( function_exists( 'fastcgi_finish_request' ) ) {
			fastcgi_finish_request(); // The page is sent before.
		}
		add_filter( 'cron_request', array( __CLASS__, 'hurried' ) );
		spawn_cron();
		remove_filter( 'cron_request', array( __CLASS__, 'hurried' ) );
	}

	/**
	 * A request that starts WP-Cron, with as long as a busy machine needs to take it: what does not arrive would hold
	 * WP-Cron up for a minute.
	 *
	 * @param array $request The request, with its arguments in args.
	 * @return array
	 */
	public static function hurried( $request ) {
		$request['args'] = array_merge(
			array(
				'blocking'  => false,
				/** This filter is documented in wp-includes/class-wp-http-streams.php */
				'sslverify' => apply_filters( 'https_local_ssl_verify', false ), // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals -- of WordPress.
			),
			$request['args'],
			array( 'timeout' => self::ARRIVES )
		);
		return $request;
	}

	/**
	 * Send a post as it is now, or take it out if readers see it no longer.
	 *
	 * @param int $post_id Its id.
	 */
	public static function send( $post_id ) {
		$post = get_post( $post_id );
		if ( ! $post ) {
			return;
		}
		$done = Kashshaf_Article::is_public( $post ) ? self::sent( $post ) : self::taken_out( $post );
		if ( is_wp_error( $done ) ) {
			self::failed( (int) $post_id, $done );
			return;
		}
		delete_post_meta( $post_id, self::TRIES );
		delete_post_meta( $post_id, self::REFUSED );
	}

	/**
	 * Take an article out whose post is gone or has another address now.
	 *
	 * @param string $id    Its id at the server.
	 * @param int    $tries How often this has failed.
	 */
	public static function remove( $id, $tries ) {
		if ( self::is_in_use( $id ) ) {
			return;
		}
		$done = Kashshaf_Client::remove( $id );
		if ( is_wp_error( $done ) && Kashshaf_Client::PASSING === $done->get_error_code() ) {
			self::schedule( 'kashshaf_remove', array( $id, $tries + 1 ), self::wait( $tries, $done ) );
		}
	}

	/**
	 * Keep the ids that the server has given to posts, and what it refused.
	 *
	 * @param WP_Post[] $posts  Posts in the order in which they were sent.
	 * @param array     $answer The server's answer.
	 */
	public static function keep( $posts, $answer ) {
		foreach ( (array) ( $answer['results'] ?? array() ) as $at => $result ) {
			if ( ! isset( $posts[ $at ] ) ) {
				continue;
			}
			$post_id = $posts[ $at ]->ID;
			if ( isset( $result['reason'] ) ) {
				self::note_refused( $post_id, (string) $result['reason'] );
			} elseif ( isset( $result['id'] ) ) {
				self::keep_id( $post_id, (string) $result['id'] );
			}
		}
	}

	/**
	 * The number of posts that the server has refused.
	 *
	 * @return int
	 */
	public static function refused() {
		$query = new WP_Query(
			array(
				'post_type'      => Kashshaf_Settings::public_types(),
				'post_status'    => 'any',
				'meta_key'       => self::REFUSED, // phpcs:ignore WordPress.DB.SlowDBQuery -- on the settings page alone.
				'fields'         => 'ids',
				'posts_per_page' => 1,
			)
		);
		return (int) $query->found_posts;
	}

	/**
	 * True if an event of ours came while WP-Cron was busy, so that it waits for the next run.
	 *
	 * @return bool
	 */
	private static function is_due() {
		foreach ( wp_get_ready_cron_jobs() as $events ) {
			if ( preg_grep( '/^kashshaf_/', array_keys( $events ) ) ) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Send a post with its comments.
	 *
	 * @param WP_Post $post The post.
	 * @return true|WP_Error
	 */
	private static function sent( $post ) {
		$answer = Kashshaf_Client::send( array( Kashshaf_Article::of( $post ) ) );
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		if ( isset( $answer['results'][0]['reason'] ) ) {
			return new WP_Error( Kashshaf_Client::REFUSED, (string) $answer['results'][0]['reason'] );
		}
		self::keep( array( $post ), $answer );
		return true;
	}

	/**
	 * Take a post out that was sent before.
	 *
	 * @param WP_Post $post The post.
	 * @return true|WP_Error
	 */
	private static function taken_out( $post ) {
		$id   = (string) get_post_meta( $post->ID, self::ID, true );
		$done = '' === $id ? true : Kashshaf_Client::remove( $id );
		if ( ! is_wp_error( $done ) ) {
			delete_post_meta( $post->ID, self::ID );
		}
		return $done;
	}

	/**
	 * Keep the id of a post; the one it had under another address is taken out.
	 *
	 * @param int    $post_id The post's id.
	 * @param string $id      Its id at the server.
	 */
	private static function keep_id( $post_id, $id ) {
		$before = (string) get_post_meta( $post_id, self::ID, true );
		update_post_meta( $post_id, self::ID, wp_slash( $id ) );
		delete_post_meta( $post_id, self::REFUSED );
		if ( '' !== $before && $before !== $id ) {
			self::schedule( 'kashshaf_remove', array( $before, 0 ), 0 );
		}
	}

	/**
	 * Note that the server will not have a post as it is.
	 *
	 * @param int    $post_id Its id.
	 * @param string $reason  The server's reason.
	 */
	private static function note_refused( $post_id, $reason ) {
		update_post_meta( $post_id, self::REFUSED, wp_slash( sanitize_text_field( $reason ) ) );
	}

	/**
	 * True if a post that readers see has this id.
	 *
	 * @param string $id An id at the server.
	 * @return bool
	 */
	private static function is_in_use( $id ) {
		$posts = get_posts(
			array(
				'post_type'   => Kashshaf_Settings::public_types(),
				'meta_key'    => self::ID, // phpcs:ignore WordPress.DB.SlowDBQuery -- in the background, and rarely.
				'meta_value'  => $id, // phpcs:ignore WordPress.DB.SlowDBQuery
				'numberposts' => 1,
			)
		);
		return (bool) $posts;
	}

	/**
	 * A post could not be sent: try again, or note why it never will be.
	 *
	 * @param int      $post_id Its id.
	 * @param WP_Error $error   The reason.
	 */
	private static function failed( $post_id, $error ) {
		if ( Kashshaf_Client::PASSING !== $error->get_error_code() ) {
			self::note_refused( $post_id, $error->get_error_message() );
			return;
		}
		$tries = (int) get_post_meta( $post_id, self::TRIES, true );
		update_post_meta( $post_id, self::TRIES, $tries + 1 );
		self::schedule( 'kashshaf_send', array( $post_id ), self::wait( $tries, $error ) );
	}

	/**
	 * Seconds until the next try: twice as many each time, an hour at most, or what the server asks for.
	 *
	 * @param int      $tries How often it has failed before.
	 * @param WP_Error $error The failure.
	 * @return int
	 */
	private static function wait( $tries, $error ) {
		$doubled = self::FIRST_WAIT << min( $tries, self::MOST_DOUBLING );
		return max( (int) $error->get_error_data(), min( self::LONGEST_WAIT, $doubled ) );
	}

	/**
	 * Have WP-Cron do something, at the end of this request or later.
	 *
	 * @param string $hook Its hook.
	 * @param array  $args The hook's arguments.
	 * @param int    $wait Seconds from now.
	 */
	public static function schedule( $hook, $args, $wait ) {
		wp_schedule_single_event( time() + $wait, $hook, $args );
		self::$has_news = true;
	}
}
